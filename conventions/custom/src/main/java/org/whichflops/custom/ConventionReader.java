package org.whichflops.custom;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.TableConvention;
import org.whichflops.convention.UnknownConventionException;
import org.whichflops.custom.KnownNames.Height;
import org.whichflops.engine.tensor.Device;
import org.whichflops.engine.tensor.Mode;

/** Reads a convention from the tokens of its file. */
final class ConventionReader {
  /** The keys of a convention. */
  static final List<String> KEYS =
      List.of(
          "$schema",
          "name",
          "tool",
          "version",
          "quantity",
          "summary",
          "source",
          "mode",
          "counting",
          "rules");

  private static final int LONGEST_NAME = 200;

  private final JsonTokens json;
  private final Conventions installed;
  private final RuleReader rule;
  private final Set<String> seen = new HashSet<>();
  private final Set<Height> heights = EnumSet.noneOf(Height.class);
  private String name = "";
  private String tool = About.FORMULA;
  private String version = "";
  private String quantity = "";
  private String summary = "";
  private String source = "";
  private @Nullable Mode mode;
  private @Nullable TableConvention counting;
  private final List<Rule> rules = new ArrayList<>();

  ConventionReader(JsonTokens json, Conventions installed) {
    this.json = json;
    this.installed = installed;
    this.rule = new RuleReader(json, new KnownNames(installed));
  }

  TableConvention read() throws IOException {
    json.next();
    json.expect(
        JsonToken.START_OBJECT, "a convention is an object: { \"name\": ..., \"rules\": [...] }");
    boolean hasRules = false;
    for (String key = json.nextKey(); key != null; key = json.nextKey()) {
      hasRules |= key.equals("rules");
      value(key);
    }
    if (json.next() != null) {
      throw json.wrong("nothing follows a convention");
    }
    if (name.isEmpty() || quantity.isEmpty() || !hasRules) {
      throw json.incomplete(
          "a convention has a name, a quantity and rules; \"%s\" is missing"
              .formatted(name.isEmpty() ? "name" : quantity.isEmpty() ? "quantity" : "rules"));
    }
    About about = new About(name, tool, version, quantity, summary, source);
    RuleTable table = RuleTable.of(rules.toArray(Rule[]::new));
    if (counting == null) {
      return TableConvention.own(about, mode == null ? Mode.DECOMPOSED : mode, table);
    }
    checkHeights(counting);
    return counting.forOwn(about, mode == null ? counting.mode() : mode, table);
  }

  private void value(String key) throws IOException {
    switch (key) {
      case "$schema" -> json.nextText(key);
      case "name" -> name = name(json.nextText(key));
      case "tool" -> tool = json.nextText(key);
      case "version" -> version = json.nextText(key);
      case "quantity" -> quantity = json.nextText(key);
      case "summary" -> summary = json.nextText(key);
      case "source" -> source = json.nextText(key);
      case "mode" -> mode = mode();
      case "counting" -> counting = counting(json.nextText(key));
      case "rules" -> rules();
      default -> throw json.unknown("key", key, KEYS);
    }
  }

  private String name(String text) {
    if (text.isBlank() || text.length() > LONGEST_NAME || !text.strip().equals(text)) {
      throw json.wrong(
          "a name has 1 to %d characters and no blank at its ends".formatted(LONGEST_NAME));
    }
    return text;
  }

  private Mode mode() throws IOException {
    json.next();
    json.expect(JsonToken.START_OBJECT, "mode is an object: {\"grad\": true, \"device\": \"cpu\"}");
    boolean grad = Mode.DECOMPOSED.grad();
    Device device = Mode.DECOMPOSED.device();
    for (String key = json.nextKey(); key != null; key = json.nextKey()) {
      switch (key) {
        case "grad" -> {
          JsonToken value = json.next();
          if (value == null || !value.isBoolean()) {
            throw json.wrong("grad is true or false");
          }
          grad = value == JsonToken.VALUE_TRUE;
        }
        case "device" -> device = device(json.nextText(key));
        default -> throw json.unknown("key", key, List.of("grad", "device"));
      }
    }
    return new Mode(grad, device);
  }

  private Device device(String text) {
    for (Device device : Device.values()) {
      if (device.name().toLowerCase(Locale.ROOT).equals(text)) {
        return device;
      }
    }
    throw json.wrong("device is \"cpu\" or \"meta\"");
  }

  private TableConvention counting(String request) {
    try {
      Convention convention = installed.find(request);
      if (convention instanceof TableConvention table) {
        return table;
      }
      throw json.wrong("'%s' adds up in a way that only its own rules can use".formatted(request));
    } catch (UnknownConventionException e) {
      throw json.unknown("convention", e.id(), e.known());
    } catch (ConventionFileException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw json.wrong(String.valueOf(e.getMessage()));
    }
  }

  private void rules() throws IOException {
    json.next();
    json.expect(JsonToken.START_ARRAY, "rules is a list: [{\"sees\": ..., \"counts\": ...}]");
    while (json.next() != JsonToken.END_ARRAY) {
      Rule read = rule.read(seen);
      read.keys().forEach(key -> heights.add(KnownNames.height(key)));
      rules.add(read);
    }
  }

  /** A tool with hooks on modules has no way to add up what a function counts. */
  private void checkHeights(TableConvention like) {
    Set<Height> known = EnumSet.noneOf(Height.class);
    for (Rule other : like.rules().rules()) {
      other.keys().forEach(key -> known.add(KnownNames.height(key)));
    }
    for (Height height : heights) {
      if (!known.contains(height)) {
        throw json.incomplete(
            "\"counting\": \"%s\" adds up %s, but the rules see %s"
                .formatted(
                    like.about().id(),
                    known.stream().map(ConventionReader::words).collect(Collectors.joining(", ")),
                    words(height)));
      }
    }
  }

  private static String words(Height height) {
    return height.name().toLowerCase(Locale.ROOT);
  }
}
