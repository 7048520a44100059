package org.whichflops.engine.formula;

/** Addition. */
public record Sum(Expr left, Expr right) implements Expr {
  @Override
  public long value(Quantities of) {
    return Math.addExact(left.value(of), right.value(of));
  }

  @Override
  public double real(Quantities of) {
    return left.real(of) + right.real(of);
  }

  @Override
  public String text() {
    return left.textBoundBy(1) + " + " + right.textBoundBy(2);
  }

  @Override
  public int precedence() {
    return 1;
  }
}
