package org.whichflops.engine.formula;

/** Division rounded down, Python's {@code //}. */
public record FloorQuotient(Expr left, Expr right) implements Expr {
  @Override
  public long value(Quantities of) {
    return Math.floorDiv(left.value(of), right.value(of));
  }

  @Override
  public String text() {
    return left.textBoundBy(2) + " // " + right.textBoundBy(3);
  }

  @Override
  public int precedence() {
    return 2;
  }
}
