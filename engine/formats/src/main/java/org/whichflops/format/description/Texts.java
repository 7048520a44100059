package org.whichflops.format.description;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.whichflops.format.json.Json;

/**
 * Reads the Python in a description. A network says the same in many places, {@code
 * BatchNorm2d(64)} or {@code t1 = self.conv1(x)}, and each text is read once.
 */
final class Texts {
  private final Map<String, Syntax> expressions = new HashMap<>();
  private final Map<String, Syntax> statements = new HashMap<>();

  /** An expression. */
  Syntax expression(Json text) {
    return read(text, expressions, Parser::expression);
  }

  /** A statement of a forward. */
  Syntax statement(Json text) {
    return read(text, statements, Parser::statement);
  }

  private static Syntax read(
      Json text, Map<String, Syntax> known, Function<String, Syntax> parser) {
    try {
      return known.computeIfAbsent(text.text(), parser);
    } catch (SyntaxError e) {
      throw e.in(text);
    }
  }
}
