package org.whichflops.engine.formula;

/** Multiplication. */
public record Product(Expr left, Expr right) implements Expr {
  @Override
  public long value(Quantities of) {
    return Math.multiplyExact(left.value(of), right.value(of));
  }

  @Override
  public double real(Quantities of) {
    return left.real(of) * right.real(of);
  }

  @Override
  public String text() {
    return left.textBoundBy(2) + " * " + right.textBoundBy(3);
  }

  @Override
  public int precedence() {
    return 2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Product same && left.equals(same.left) && right.equals(same.right);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * left.hashCode() + right.hashCode()) + 7;
  }
}
