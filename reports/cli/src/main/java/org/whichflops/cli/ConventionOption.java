package org.whichflops.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.TableConvention;
import org.whichflops.convention.UnknownConventionException;
import org.whichflops.custom.ConventionFiles;
import org.whichflops.zoo.Names;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The conventions to count by. */
final class ConventionOption {
  private static final List<String> MAIN = List.of("mac", "2mac", "exact", "thop", "ptflops");

  private ConventionOption() {}

  /** Declares the option. */
  static void addTo(CommandSpec spec) {
    spec.addOption(
        Specs.values(
            "ID,...",
            "Conventions, files of your own (./mine.json), or 'all'; may be repeated. Default: mac,2mac,exact,thop,ptflops. "
                + "'whichflops conventions' lists them.",
            "-c",
            "--convention"));
  }

  /** Reads the option. */
  static List<Convention> of(ParseResult request) {
    return of(request, Conventions.installed());
  }

  /** The same among given ones. */
  static List<Convention> of(ParseResult request, Conventions installed) {
    List<Convention> found = new ArrayList<>();
    for (String id : ids(request.matchedOptionValue("-c", List.of()))) {
      if (id.equals("all")) {
        installed.all().stream().filter(c -> !isIn(found, c)).forEach(found::add);
        continue;
      }
      Convention convention = find(installed, id);
      if (!isIn(found, convention)) {
        found.add(convention);
      } else if (convention instanceof TableConvention own && isFile(id)) {
        // Somebody's change of a built-in one stands beside it, under the file's name.
        found.add(own.id(String.valueOf(Path.of(id).getFileName())));
      }
    }
    return found;
  }

  private static boolean isIn(List<Convention> found, Convention convention) {
    for (Convention other : found) {
      if (other.about().id().equals(convention.about().id())) {
        return true;
      }
    }
    return false;
  }

  /** Finds a convention, or says which there are and what may have been meant. */
  static Convention find(Conventions installed, String id) {
    return find(installed, id, List.of());
  }

  /**
   * The same where other words may be meant too.
   *
   * @param words what else stands in the place of a convention
   */
  static Convention find(Conventions installed, String id, List<String> words) {
    if (isFile(id)) {
      return ConventionFiles.read(path(id), installed);
    }
    try {
      return installed.find(id);
    } catch (UnknownConventionException e) {
      List<String> known = new ArrayList<>(words);
      known.addAll(e.known());
      throw new RequestException(
          "unknown convention '%s'; %s"
              .formatted(
                  e.id(),
                  Names.suggestion(e.id(), known, "there are " + String.join(", ", known))));
    }
  }

  /** Whether a request is a file: by its ending, or because only a path has a slash. */
  private static boolean isFile(String request) {
    return request.toLowerCase(Locale.ROOT).endsWith(".json")
        || (request.indexOf('(') < 0 && (request.indexOf('/') >= 0 || request.indexOf('\\') >= 0));
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new RequestException("'%s' is no file name: %s".formatted(text, e.getReason()));
    }
  }

  private static List<String> ids(List<String> requests) {
    if (requests.isEmpty()) {
      return MAIN;
    }
    List<String> ids = new ArrayList<>();
    for (String text : requests) {
      ids.addAll(split(text));
    }
    return ids;
  }

  /** Splits at commas; one inside parentheses belongs to an option. */
  static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth <= 0) {
        parts.add(text.substring(start, i).trim());
        start = i + 1;
      }
    }
    parts.add(text.substring(start).trim());
    return parts;
  }
}
