package org.whichflops.engine.formula;

import java.util.ArrayList;
import java.util.List;

/**
 * Expressions as LaTeX mathematics: {@code numel(y)} is |y|, {@code x[1]} is x with an index, and a
 * division rounded down has floor brackets.
 */
final class LatexNotation {
  private LatexNotation() {}

  static String of(Formula formula) {
    StringBuilder sum = new StringBuilder();
    for (Term term : formula.terms()) {
      String text = of(term.expr());
      boolean negative = text.startsWith("-");
      if (sum.length() > 0) {
        sum.append(negative ? " - " : " + ");
      } else if (negative) {
        sum.append('-');
      }
      sum.append(negative ? text.substring(1).strip() : text);
    }
    return sum.length() == 0 ? "0" : sum.toString();
  }

  static String of(Expr expr) {
    if (expr instanceof Attribute attribute) {
      return symbol(attribute.symbol());
    } else if (expr instanceof Constant constant) {
      return Long.toString(constant.number());
    } else if (expr instanceof Numel numel) {
      return "\\lvert " + symbol(numel.of().symbol()) + "\\rvert";
    } else if (expr instanceof Spatial spatial) {
      return "S(" + symbol(spatial.of().symbol()) + ")";
    } else if (expr instanceof Size size) {
      return symbol(size.of().symbol()) + "[" + size.dim() + "]";
    } else if (expr instanceof Sum sum) {
      return bound(sum.left(), 1) + " + " + bound(sum.right(), 2);
    } else if (expr instanceof Difference difference) {
      return bound(difference.left(), 1) + " - " + bound(difference.right(), 2);
    } else if (expr instanceof Negative negative) {
      return "-" + bound(negative.inner(), 2);
    } else if (expr instanceof Product product) {
      return product(product);
    } else if (expr instanceof FloorQuotient quotient) {
      return "\\lfloor " + fraction(quotient.left(), quotient.right()) + "\\rfloor";
    } else if (expr instanceof Quotient quotient) {
      return fraction(quotient.left(), quotient.right());
    } else if (expr instanceof Truncated truncated) {
      return "\\operatorname{int}(" + of(truncated.inner()) + ")";
    } else if (expr instanceof Power power) {
      return bound(power.base(), 4) + "^{" + of(power.exponent()) + "}";
    }
    throw new AssertionError(expr);
  }

  private static String fraction(Expr left, Expr right) {
    return "\\tfrac{" + of(left) + "}{" + of(right) + "}";
  }

  /** Factors side by side; numbers are kept apart by a dot. */
  private static String product(Product product) {
    List<Expr> factors = new ArrayList<>();
    collect(product, factors);
    StringBuilder text = new StringBuilder();
    for (Expr factor : factors) {
      if (text.length() > 0) {
        text.append(factor instanceof Constant ? " \\cdot " : "\\,");
      }
      text.append(bound(factor, 2));
    }
    return text.toString();
  }

  private static void collect(Expr expr, List<Expr> factors) {
    if (expr instanceof Product product) {
      collect(product.left(), factors);
      collect(product.right(), factors);
    } else {
      factors.add(expr);
    }
  }

  /** In parentheses unless it binds strongly enough; fractions have their own brackets. */
  private static String bound(Expr expr, int precedence) {
    boolean closed = expr instanceof FloorQuotient || (expr instanceof Quotient && precedence < 4);
    return closed || expr.precedence() >= precedence ? of(expr) : "(" + of(expr) + ")";
  }

  /** {@code C_in} and {@code x2} with an index; words upright. */
  private static String symbol(String symbol) {
    int line = symbol.indexOf('_');
    if (symbol.length() == 1) {
      return symbol;
    }
    if (line == 1) {
      return symbol.charAt(0) + "_{" + word(symbol.substring(2)) + "}";
    }
    if (symbol.length() == 2 && Character.isDigit(symbol.charAt(1))) {
      return symbol.charAt(0) + "_" + symbol.charAt(1);
    }
    return word(symbol);
  }

  private static String word(String word) {
    return word.length() == 1 ? word : "\\mathrm{" + word.replace("_", "\\_") + "}";
  }
}
