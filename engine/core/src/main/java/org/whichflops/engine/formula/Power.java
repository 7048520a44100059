package org.whichflops.engine.formula;

/** A power with an exponent of zero or more. */
public record Power(Expr base, Expr exponent) implements Expr {
  @Override
  public long value(Quantities of) {
    long b = base.value(of);
    long result = 1;
    for (long e = exponent.value(of); e > 0; e--) {
      result = Math.multiplyExact(result, b);
    }
    return result;
  }

  @Override
  public String text() {
    return base.textBoundBy(4) + "^" + exponent.textBoundBy(4);
  }

  @Override
  public int precedence() {
    return 3;
  }
}
