package org.whichflops.format.description;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.format.json.Json;

/**
 * Reads the Python in a description. A network says the same in many places, {@code
 * BatchNorm2d(64)} or {@code t1 = self.conv1(x)}, and each text is read once.
 */
final class Texts {
  private final Known expressions = new Known(Parser::expression);
  private final Known statements = new Known(Parser::statement);

  /** An expression. */
  Syntax expression(Json text) {
    return expressions.read(text).syntax;
  }

  /** A statement of a forward. */
  Syntax statement(Json text) {
    return statements.read(text).syntax;
  }

  /** An expression that stands for a module. */
  Read module(Json text) {
    return expressions.read(text);
  }

  /** A text that was read. */
  static final class Read {
    private final Syntax syntax;
    private @Nullable Supplier<Module> maker;

    Read(Syntax syntax) {
      this.syntax = syntax;
    }

    /** What it says. */
    Syntax syntax() {
      return syntax;
    }

    /** What makes the module that it means wherever it stands, null where it has not been said. */
    @Nullable Supplier<Module> maker() {
      return maker;
    }

    /** Says what makes the module that it means wherever it stands. */
    void maker(Supplier<Module> maker) {
      this.maker = maker;
    }
  }

  /** The texts that were read in the same way. */
  private static final class Known {
    private final Function<String, Syntax> parser;
    private final Map<String, Read> all = new HashMap<>();

    Known(Function<String, Syntax> parser) {
      this.parser = parser;
    }

    Read read(Json json) {
      String text = json.text();
      Read read = all.get(text);
      if (read == null) {
        read = new Read(parse(json, text));
        all.put(text, read);
      }
      return read;
    }

    private Syntax parse(Json json, String text) {
      try {
        return parser.apply(text);
      } catch (SyntaxError e) {
        throw e.in(json);
      }
    }
  }
}
