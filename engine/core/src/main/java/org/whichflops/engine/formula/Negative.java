package org.whichflops.engine.formula;

/** The negative of an expression. */
public record Negative(Expr inner) implements Expr {
  @Override
  public long value(Quantities of) {
    return Math.negateExact(inner.value(of));
  }

  @Override
  public double real(Quantities of) {
    return -inner.real(of);
  }

  @Override
  public String text() {
    return "-" + inner.textBoundBy(2);
  }

  @Override
  public int precedence() {
    return 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Negative same && inner.equals(same.inner);
  }

  @Override
  public int hashCode() {
    return 31 * inner.hashCode() + 4;
  }
}
