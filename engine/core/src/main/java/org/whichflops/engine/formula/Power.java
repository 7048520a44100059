package org.whichflops.engine.formula;

/** A power with an exponent of zero or more. */
public record Power(Expr base, Expr exponent) implements Expr {
  @Override
  public long value(Quantities of) {
    long square = base.value(of);
    long left = exponent.value(of);
    if (left < 0) {
      throw new ArithmeticException("negative exponent " + left);
    }
    // By squares: one power of the base for each binary digit of the exponent.
    for (long result = 1; ; square = Math.multiplyExact(square, square)) {
      result = left % 2 == 1 ? Math.multiplyExact(result, square) : result;
      left /= 2;
      if (left == 0) {
        return result;
      }
    }
  }

  @Override
  public String text() {
    return base.textBoundBy(4) + "^" + exponent.textBoundBy(4);
  }

  @Override
  public int precedence() {
    return 3;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Power same && base.equals(same.base) && exponent.equals(same.exponent);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * base.hashCode() + exponent.hashCode()) + 6;
  }
}
