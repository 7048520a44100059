package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Difference;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.FloorQuotient;
import org.whichflops.engine.formula.Product;
import org.whichflops.engine.formula.Sum;

/**
 * What an expression comes to for every call of a group, worked out at most once a run, and where
 * no tensor takes part only once.
 *
 * <p>Sums, differences, products and quotients are of two other columns; anything else is asked of
 * the calls.
 */
public final class Column {
  static final int NEVER = -1;

  private final CallGroup group;
  private final Expr expr;
  private final @Nullable Column left;
  private final @Nullable Column right;
  private final boolean fixed;
  private final long[] values;
  private int valuesOf = NEVER;
  private long sum;
  private int sumOf = NEVER;

  Column(CallGroup group, Expr expr, @Nullable Column left, @Nullable Column right) {
    this.group = group;
    this.expr = expr;
    this.left = left;
    this.right = right;
    this.fixed =
        (left == null || right == null)
            ? expr instanceof Constant || (expr instanceof Attribute a && a.isFixed())
            : left.fixed && right.fixed;
    this.values = new long[group.size()];
  }

  /** Whether this is the same calculation; columns below are compared by identity. */
  boolean isLike(Column other) {
    return expr.getClass() == other.expr.getClass()
        && left == other.left
        && right == other.right
        && (left != null || expr.equals(other.expr));
  }

  /**
   * The sum over all calls, exactly.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1, or where a call has no value
   * @throws org.whichflops.engine.formula.UnknownQuantityException where a call lacks a quantity
   */
  public long sum() {
    int now = now();
    if (sumOf != now) {
      long exact = 0;
      for (long value : values()) {
        exact = Math.addExact(exact, value);
      }
      sum = exact;
      sumOf = now;
    }
    return sum;
  }

  /** A number that changes with every run, or for what tensors do not change, with arguments. */
  private int now() {
    return fixed ? group.argumentsChanged() : group.run();
  }

  private long[] values() {
    int now = now();
    if (valuesOf != now) {
      if (left == null || right == null) {
        group.fill(expr, values);
      } else {
        calculate(left.values(), right.values());
      }
      valuesOf = now;
    }
    return values;
  }

  private void calculate(long[] a, long[] b) {
    if (expr instanceof Product) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.multiplyExact(a[i], b[i]);
      }
    } else if (expr instanceof Sum) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.addExact(a[i], b[i]);
      }
    } else if (expr instanceof Difference) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.subtractExact(a[i], b[i]);
      }
    } else if (expr instanceof FloorQuotient) {
      for (int i = 0; i < values.length; i++) {
        values[i] = FloorQuotient.of(a[i], b[i]);
      }
    } else {
      throw new AssertionError(expr);
    }
  }
}
