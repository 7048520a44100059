package org.whichflops.format.description;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.Tensor;

/** Python's operators. */
final class Operators {
  private static final Map<String, String> AUGMENTED =
      Map.of("+=", "iadd", "-=", "isub", "*=", "imul", "/=", "itruediv");

  private Operators() {}

  /** {@code a += b} and its like; the text of the statement is the operator. */
  static Object augmented(Syntax statement, @Nullable Object left, @Nullable Object right) {
    if (!(left instanceof Tensor x)) {
      return Numbers.binary(statement, statement.text().substring(0, 1), left, right);
    }
    String name = AUGMENTED.get(statement.text());
    if (name == null) {
      throw statement.error(
          "'%s' on tensors is not known; there are +=, -=, *= and /=".formatted(statement.text()));
    }
    if (right instanceof Tensor y) {
      return inPlace(name, x, y);
    }
    if (!(right instanceof Number)) {
      throw statement.error("expected a tensor or a number but it is " + Values.text(right));
    }
    return inPlace(name, x, null);
  }

  /**
   * {@code operator.iadd(x, y)} and its like.
   *
   * @param name {@code iadd}, {@code isub}, {@code imul} or {@code itruediv}
   * @param y null for a number
   */
  static Tensor inPlace(String name, Tensor x, @Nullable Tensor y) {
    String function = "Tensor.__" + name + "__";
    String plain = name.equals("itruediv") ? "div_" : name.substring(1) + "_";
    Operator operator = Objects.requireNonNull(Observed.operator(plain), plain);
    return y == null
        ? Observed.elementwise(function, operator, x)
        : Observed.elementwise(function, operator, x, y);
  }

  /** {@code a operator b}, on tensors, numbers and lists. */
  static Object binary(Syntax syntax, @Nullable Object left, @Nullable Object right) {
    String operator = syntax.text();
    if (left instanceof Tensor x && right instanceof Tensor y) {
      return switch (operator) {
        case "+" -> x.plus(y);
        case "-" -> x.minus(y);
        case "*" -> x.times(y);
        case "/" -> x.over(y);
        case "@" -> x.at(y);
        default -> throw syntax.error("'%s' on tensors is not known".formatted(operator));
      };
    }
    if (left instanceof Tensor x && right instanceof Number number) {
      return switch (operator) {
        case "+" -> x.plus(1);
        case "-" -> x.minus(1);
        case "*" -> x.times(1);
        case "/" -> x.over(1);
        case "==" -> x.equalTo(0);
        case "!=" -> x.notEqualTo(0);
        case "**" -> {
          if (number.doubleValue() != 2) {
            throw syntax.error("x ** 2 is known; for other powers write x.pow(p)");
          }
          yield x.squared();
        }
        default -> throw syntax.error("'%s' on tensors is not known".formatted(operator));
      };
    }
    if (left instanceof Number && right instanceof Tensor x) {
      return switch (operator) {
        case "+" -> x.plusFromLeft(1);
        case "-" -> x.subtractedFrom(1);
        case "*" -> x.timesFromLeft(1);
        default -> throw syntax.error("'%s' on tensors is not known".formatted(operator));
      };
    }
    return Numbers.binary(syntax, operator, left, right);
  }
}
