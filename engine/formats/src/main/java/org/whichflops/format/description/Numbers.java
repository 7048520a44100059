package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's arithmetic on numbers, and {@code +} and {@code *} on lists. */
final class Numbers {
  private static final int LONGEST = 10_000;

  private Numbers() {}

  /** A value that must be a whole number. */
  static long whole(Syntax syntax, @Nullable Object value) {
    if (value instanceof Long whole) {
      return whole;
    }
    throw syntax.error("expected a whole number but it is " + Values.text(value));
  }

  /** {@code -a}. */
  static Object negative(Syntax syntax, @Nullable Object value) {
    if (value instanceof Long whole) {
      return Math.negateExact(whole);
    }
    if (value instanceof Double number) {
      return -number;
    }
    throw syntax.error("expected a number but it is " + Values.text(value));
  }

  /** {@code a operator b}. */
  static Object binary(
      Syntax syntax, String operator, @Nullable Object left, @Nullable Object right) {
    if (left instanceof List<?> a && right instanceof List<?> b && operator.equals("+")) {
      List<@Nullable Object> all = new ArrayList<>(a);
      all.addAll(b);
      return all;
    }
    if (left instanceof List<?> list && right instanceof Long times && operator.equals("*")) {
      if (times < 0 || times * Math.max(1, list.size()) > LONGEST || times > LONGEST) {
        throw syntax.error("a list of more than %d items".formatted(LONGEST));
      }
      List<@Nullable Object> all = new ArrayList<>();
      for (long i = 0; i < times; i++) {
        all.addAll(list);
      }
      return all;
    }
    try {
      if (left instanceof Long a && right instanceof Long b && !operator.equals("/")) {
        return whole(syntax, operator, a, b);
      }
      if (left instanceof Number a && right instanceof Number b) {
        return real(syntax, operator, a.doubleValue(), b.doubleValue());
      }
    } catch (ArithmeticException e) {
      throw syntax.error(
          right instanceof Long zero && zero == 0
              ? "division by zero"
              : "a number passes 2^63 - 1");
    }
    throw syntax.error(
        "'%s' between %s and %s".formatted(operator, Values.text(left), Values.text(right)));
  }

  private static Object whole(Syntax syntax, String operator, long a, long b) {
    return switch (operator) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "//" -> Math.floorDiv(a, b);
      case "%" -> Math.floorMod(a, b);
      case "**" -> power(syntax, a, b);
      default -> throw syntax.error("'%s' between numbers is not known".formatted(operator));
    };
  }

  private static long power(Syntax syntax, long base, long exponent) {
    if (exponent < 0 || exponent > 62) {
      throw syntax.error("an exponent is 0 to 62");
    }
    long power = 1;
    for (long i = 0; i < exponent; i++) {
      power = Math.multiplyExact(power, base);
    }
    return power;
  }

  private static Object real(Syntax syntax, String operator, double a, double b) {
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "**" -> Math.pow(a, b);
      default -> throw syntax.error("'%s' between numbers is not known".formatted(operator));
    };
  }
}
