package org.whichflops.engine.formula;

/** A floating-point expression cut to a whole number, Python's {@code int(...)}. */
public record Truncated(Expr inner) implements Expr {
  @Override
  public long value(Quantities of) {
    double exact = inner.real(of);
    if (!(Math.abs(exact) < 0x1p63)) {
      throw new ArithmeticException("long overflow");
    }
    return (long) exact;
  }

  @Override
  public String text() {
    return "trunc(" + inner.text() + ")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Truncated same && inner.equals(same.inner);
  }

  @Override
  public int hashCode() {
    return 31 * inner.hashCode() + 12;
  }
}
