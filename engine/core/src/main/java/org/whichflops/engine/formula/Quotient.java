package org.whichflops.engine.formula;

/** Division in floating point; only inside a {@link Truncated}. */
public record Quotient(Expr left, Expr right) implements Expr {
  @Override
  public long value(Quantities of) {
    throw new IllegalStateException("'" + text() + "' has an integer value only inside trunc(...)");
  }

  @Override
  public double real(Quantities of) {
    return left.real(of) / right.real(of);
  }

  @Override
  public String text() {
    return left.textBoundBy(2) + " / " + right.textBoundBy(3);
  }

  @Override
  public int precedence() {
    return 2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Quotient same && left.equals(same.left) && right.equals(same.right);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * left.hashCode() + right.hashCode()) + 8;
  }
}
