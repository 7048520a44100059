package org.whichflops.report.workbook;

import java.util.function.Consumer;
import java.util.function.Function;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Difference;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.FloorQuotient;
import org.whichflops.engine.formula.Negative;
import org.whichflops.engine.formula.Numel;
import org.whichflops.engine.formula.Power;
import org.whichflops.engine.formula.Product;
import org.whichflops.engine.formula.Quantities;
import org.whichflops.engine.formula.Quotient;
import org.whichflops.engine.formula.Size;
import org.whichflops.engine.formula.Spatial;
import org.whichflops.engine.formula.Sum;
import org.whichflops.engine.formula.Truncated;
import org.whichflops.report.table.SheetText;

/** Expressions as a spreadsheet writes them: a quantity is a cell, the rest is arithmetic. */
final class SheetFormula {
  private SheetFormula() {}

  /**
   * An expression as a spreadsheet's formula, without the equals sign.
   *
   * @param cell the cell of a quantity
   */
  static String of(Expr expr, Function<Expr, String> cell) {
    if (isQuantity(expr)) {
      return cell.apply(expr);
    } else if (expr instanceof Constant constant) {
      // A spreadsheet's minus sign binds more strongly than its power.
      return constant.number() < 0 ? "(" + constant.number() + ")" : constant.text();
    } else if (expr instanceof Sum sum) {
      return bound(sum.left(), 1, cell) + "+" + bound(sum.right(), 2, cell);
    } else if (expr instanceof Difference difference) {
      return bound(difference.left(), 1, cell) + "-" + bound(difference.right(), 2, cell);
    } else if (expr instanceof Negative negative) {
      return "(-" + bound(negative.inner(), 2, cell) + ")";
    } else if (expr instanceof Product product) {
      return bound(product.left(), 2, cell) + "*" + bound(product.right(), 3, cell);
    } else if (expr instanceof FloorQuotient quotient) {
      // Exact below 2^53: the double nearest to a quotient is a whole number only if the quotient
      // is.
      return "INT(" + quotient(quotient.left(), quotient.right(), cell) + ")";
    } else if (expr instanceof Quotient quotient) {
      return quotient(quotient.left(), quotient.right(), cell);
    } else if (expr instanceof Truncated truncated) {
      return "TRUNC(" + of(truncated.inner(), cell) + ")";
    } else if (expr instanceof Power power) {
      return bound(power.base(), 4, cell) + "^" + bound(power.exponent(), 4, cell);
    }
    throw new AssertionError(expr);
  }

  private static String quotient(Expr left, Expr right, Function<Expr, String> cell) {
    return bound(left, 2, cell) + "/" + bound(right, 3, cell);
  }

  /** In parentheses unless it binds strongly enough. */
  private static String bound(Expr expr, int precedence, Function<Expr, String> cell) {
    boolean closed =
        expr instanceof FloorQuotient || expr instanceof Constant || expr instanceof Negative;
    String text = of(expr, cell);
    return closed || expr.precedence() >= precedence ? text : "(" + text + ")";
  }

  /** Gives every quantity of an expression to a taker. */
  static void quantities(Expr expr, Consumer<Expr> taker) {
    of(
        expr,
        quantity -> {
          taker.accept(quantity);
          return "";
        });
  }

  /**
   * Whether a spreadsheet, which computes in double precision, gets an expression exactly: no whole
   * number on the way has more than 15 digits.
   */
  static boolean isExact(Expr expr, Quantities of) {
    if (isQuantity(expr) || expr instanceof Constant) {
      return isSmall(expr, of);
    } else if (expr instanceof Sum sum) {
      return isSmall(expr, of) && isExact(sum.left(), of) && isExact(sum.right(), of);
    } else if (expr instanceof Difference difference) {
      return isSmall(expr, of) && isExact(difference.left(), of) && isExact(difference.right(), of);
    } else if (expr instanceof Negative negative) {
      return isExact(negative.inner(), of);
    } else if (expr instanceof Product product) {
      return isSmall(expr, of) && isExact(product.left(), of) && isExact(product.right(), of);
    } else if (expr instanceof FloorQuotient quotient) {
      return isExact(quotient.left(), of) && isExact(quotient.right(), of);
    } else if (expr instanceof Truncated) {
      // Operation by operation in doubles, as the tool does.
      return isSmall(expr, of);
    } else if (expr instanceof Power power) {
      // A spreadsheet has no value for 0^0.
      return isSmall(expr, of)
          && isExact(power.base(), of)
          && (power.base().value(of) != 0 || power.exponent().value(of) != 0);
    }
    return false;
  }

  private static boolean isSmall(Expr expr, Quantities of) {
    return SheetText.isExact(expr.value(of));
  }

  private static boolean isQuantity(Expr expr) {
    return expr instanceof Attribute
        || expr instanceof Numel
        || expr instanceof Size
        || expr instanceof Spatial;
  }
}
