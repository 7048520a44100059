package org.whichflops.engine.formula;

/** Division rounded down, Python's {@code //}. */
public record FloorQuotient(Expr left, Expr right) implements Expr {
  @Override
  public long value(Quantities of) {
    return of(left.value(of), right.value(of));
  }

  /**
   * One number divided by another, rounded down.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1, and for a division by 0
   */
  public static long of(long dividend, long divisor) {
    if (divisor == 1) {
      return dividend; // most groups and batches are 1, and a division is slow
    }
    // -2^63 // -1 is the one quotient that does not fit.
    return divisor == -1 ? Math.negateExact(dividend) : Math.floorDiv(dividend, divisor);
  }

  @Override
  public String text() {
    return left.textBoundBy(2) + " // " + right.textBoundBy(3);
  }

  @Override
  public int precedence() {
    return 2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloorQuotient same
        && left.equals(same.left)
        && right.equals(same.right);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * left.hashCode() + right.hashCode()) + 3;
  }
}
