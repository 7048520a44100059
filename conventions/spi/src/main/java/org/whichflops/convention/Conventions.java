package org.whichflops.convention;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** The conventions there are, by id. Families are made when one of them may be asked for. */
public final class Conventions {
  private static final Comparator<ConventionFamily> LISTED =
      new Comparator<>() { // no chain of lambdas, which every short command would have to link
        @Override
        public int compare(ConventionFamily a, ConventionFamily b) {
          int positions = Integer.compare(a.position(), b.position());
          return positions == 0
              ? a.getClass().getName().compareTo(b.getClass().getName())
              : positions;
        }
      };

  private static @Nullable List<ConventionFamily> installed;

  private final List<ConventionFamily> sorted = new ArrayList<>();
  private final Map<ConventionFamily, List<Convention>> made = new HashMap<>();

  private Conventions(Iterable<ConventionFamily> families) {
    for (ConventionFamily family : families) {
      sorted.add(family);
    }
    sorted.sort(LISTED);
  }

  /** Every convention on the class path, which is looked through once. */
  public static Conventions installed() {
    return of(installedFamilies());
  }

  private static synchronized List<ConventionFamily> installedFamilies() {
    List<ConventionFamily> known = installed;
    if (known == null) {
      known = new ArrayList<>();
      for (ConventionFamily family : ServiceLoader.load(ConventionFamily.class)) {
        known.add(family);
      }
      installed = known;
    }
    return known;
  }

  /** The conventions of the given families. */
  public static Conventions of(Iterable<ConventionFamily> families) {
    return new Conventions(families);
  }

  /**
   * All of them: formulas first, then tools.
   *
   * @throws IllegalStateException where two have the same id
   */
  public Collection<Convention> all() {
    Map<String, Convention> byId = new LinkedHashMap<>();
    for (ConventionFamily family : sorted) {
      for (Convention convention : of(family)) {
        Convention other = byId.put(convention.about().id(), convention);
        if (other != null) {
          throw new IllegalStateException(
              "two conventions are called '%s'".formatted(convention.about().id()));
        }
      }
    }
    return List.copyOf(byId.values());
  }

  /** The ids, in the same order. */
  public Collection<String> ids() {
    return all().stream().map(convention -> convention.about().id()).toList();
  }

  /** The conventions of a family, the same ones whenever they are asked for. */
  private synchronized List<Convention> of(ConventionFamily family) {
    List<Convention> known = made.get(family);
    if (known == null) {
      known = List.copyOf(family.conventions());
      made.put(family, known);
    }
    return known;
  }

  private @Nullable Convention named(String id) {
    for (ConventionFamily family : sorted) {
      if (family.mayHave(id)) {
        for (Convention convention : of(family)) {
          if (convention.about().id().equals(id)) {
            return convention;
          }
        }
      }
    }
    return null;
  }

  /** The texts that the tools print, in the order of their families. */
  public List<SummaryStyle> styles() {
    return sorted.stream().flatMap(family -> family.styles().stream()).toList();
  }

  /**
   * The convention of a request such as {@code thop} or {@code ptflops(grad=false)}.
   *
   * @throws UnknownConventionException where there is none of that id
   * @throws IllegalArgumentException where an option is wrong, saying what is right
   */
  public Convention find(String request) {
    String text = request.trim();
    int open = text.indexOf('(');
    String id = open < 0 ? text : text.substring(0, open).trim();
    Convention found = named(id);
    if (found == null) {
      throw new UnknownConventionException(id, ids());
    }
    if (open < 0) {
      return found;
    }
    if (!text.endsWith(")")) {
      throw malformed(text);
    }
    String inside = text.substring(open + 1, text.length() - 1).trim();
    for (String part : inside.isEmpty() ? new String[0] : inside.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw malformed(text);
      }
      found = found.with(part.substring(0, equals).trim(), part.substring(equals + 1).trim());
    }
    return found;
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "convention '%s' is not of the form id or id(option=value,option=value)".formatted(text));
  }
}
