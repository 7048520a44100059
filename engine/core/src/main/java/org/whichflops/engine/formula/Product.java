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
}
