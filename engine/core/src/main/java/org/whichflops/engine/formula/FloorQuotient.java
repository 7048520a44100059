package org.whichflops.engine.formula;

/** Division rounded down, Python's {@code //}. */
public record FloorQuotient(Expr left, Expr right) implements Expr {
  @Override
  public long value(Quantities of) {
    long divisor = right.value(of);
    // -2^63 // -1 is the one quotient that does not fit.
    return divisor == -1
        ? Math.negateExact(left.value(of))
        : Math.floorDiv(left.value(of), divisor);
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
