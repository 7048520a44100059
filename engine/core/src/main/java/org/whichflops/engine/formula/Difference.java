package org.whichflops.engine.formula;

/** Subtraction. */
public record Difference(Expr left, Expr right) implements Expr {
  @Override
  public long value(Quantities of) {
    return Math.subtractExact(left.value(of), right.value(of));
  }

  @Override
  public double real(Quantities of) {
    return left.real(of) - right.real(of);
  }

  @Override
  public String text() {
    return left.textBoundBy(1) + " - " + right.textBoundBy(2);
  }

  @Override
  public int precedence() {
    return 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Difference same && left.equals(same.left) && right.equals(same.right);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * left.hashCode() + right.hashCode()) + 2;
  }
}
