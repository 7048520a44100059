package org.whichflops.format.description;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Tensor;

/** Python's operators. */
final class Operators {
  private Operators() {}

  /** {@code a += b} and its like; the text of the statement is the operator. */
  static Object augmented(Syntax statement, @Nullable Object left, @Nullable Object right) {
    if (!(left instanceof Tensor x)) {
      return Numbers.binary(statement, statement.text().substring(0, 1), left, right);
    }
    Tensor y = right instanceof Tensor tensor ? tensor : null;
    return switch (statement.text()) {
      case "+=" -> y != null ? x.plusAssign(y) : x.plusAssign(1);
      case "-=" -> y != null ? x.minusAssign(y) : x.minusAssign(1);
      case "*=" -> y != null ? x.timesAssign(y) : x.timesAssign(1);
      case "/=" -> y != null ? x.overAssign(y) : x.overAssign(1);
      default ->
          throw statement.error(
              "'%s' on tensors is not known; there are +=, -=, *= and /="
                  .formatted(statement.text()));
    };
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
