package org.whichflops.zoo;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model as users ask for it: {@code resnet50} or {@code mobilenet_v2(width_mult=0.75)}.
 *
 * @param name the name in front of the parentheses
 * @param options what stands inside, in the order given
 */
public record ModelRequest(String name, Map<String, String> options) {
  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException where it is not of the form name(option=value,...)
   */
  public static ModelRequest parse(String text) {
    String request = text.trim();
    int open = request.indexOf('(');
    if (open < 0) {
      return new ModelRequest(request, Map.of());
    }
    if (!request.endsWith(")")) {
      throw malformed(text);
    }
    Map<String, String> options = new LinkedHashMap<>();
    String inside = request.substring(open + 1, request.length() - 1).trim();
    if (!inside.isEmpty()) {
      for (String part : inside.split(",", -1)) {
        int equals = part.indexOf('=');
        if (equals < 1) {
          throw malformed(text);
        }
        String option = part.substring(0, equals).trim();
        if (options.put(option, part.substring(equals + 1).trim()) != null) {
          throw new IllegalArgumentException(
              "model '%s' gives the option '%s' twice".formatted(text, option));
        }
      }
    }
    return new ModelRequest(request.substring(0, open).trim(), options);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "model '%s' is not of the form name or name(option=value,option=value)".formatted(text));
  }
}
