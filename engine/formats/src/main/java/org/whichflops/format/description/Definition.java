package org.whichflops.format.description;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.json.Json;

/**
 * A definition: a module with arguments.
 *
 * @param parameters the names of its arguments, with what they are unless given
 * @param body what it makes
 */
record Definition(String name, Map<String, @Nullable Syntax> parameters, Json body) {
  /** Reads {@code Name(a, b=1)} and what it stands for. */
  static Definition of(String signature, Json body) {
    int open = signature.indexOf('(');
    String name = (open < 0 ? signature : signature.substring(0, open)).trim();
    Map<String, @Nullable Syntax> parameters = new LinkedHashMap<>();
    if (open >= 0) {
      if (!signature.endsWith(")")) {
        throw body.error("'%s' is not of the form Name(a, b=1)".formatted(signature));
      }
      String inside = signature.substring(open + 1, signature.length() - 1);
      for (String part : inside.isBlank() ? new String[0] : inside.split(",")) {
        int equals = part.indexOf('=');
        String parameter = (equals < 0 ? part : part.substring(0, equals)).trim();
        parameters.put(parameter, equals < 0 ? null : constant(body, part.substring(equals + 1)));
      }
    }
    return new Definition(name, parameters, body);
  }

  private static Syntax constant(Json body, String text) {
    try {
      return Parser.constant(text.trim());
    } catch (SyntaxError e) {
      throw e.in(body);
    }
  }

  /** What the arguments of a call are. */
  Map<String, @Nullable Object> bind(Syntax at, Passed passed) {
    List<@Nullable Object> positional = passed.positional();
    List<String> names = List.copyOf(parameters.keySet());
    if (positional.size() > names.size()) {
      throw at.error(
          "%s takes %d arguments but %d are given"
              .formatted(name, names.size(), positional.size()));
    }
    Map<String, @Nullable Object> numbers = new LinkedHashMap<>();
    for (int i = 0; i < positional.size(); i++) {
      numbers.put(names.get(i), positional.get(i));
    }
    for (Map.Entry<String, @Nullable Object> entry : passed.named().entrySet()) {
      if (!names.contains(entry.getKey())) {
        throw at.error(
            "%s has no argument '%s'%s"
                .formatted(name, entry.getKey(), Nearest.hint(entry.getKey(), names)));
      }
      numbers.put(entry.getKey(), entry.getValue());
    }
    for (Map.Entry<String, @Nullable Syntax> entry : parameters.entrySet()) {
      if (!numbers.containsKey(entry.getKey())) {
        Syntax fallback = entry.getValue();
        if (fallback == null) {
          throw at.error("%s needs '%s'".formatted(name, entry.getKey()));
        }
        numbers.put(entry.getKey(), value(fallback, numbers));
      }
    }
    return numbers;
  }

  private @Nullable Object value(Syntax fallback, Map<String, @Nullable Object> numbers) {
    try {
      return Scope.of(numbers).value(fallback);
    } catch (SyntaxError e) {
      throw e.in(body);
    }
  }
}
