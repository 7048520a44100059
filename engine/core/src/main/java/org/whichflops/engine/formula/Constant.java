package org.whichflops.engine.formula;

/** A whole number. */
public record Constant(long number) implements Expr {
  @Override
  public long value(Quantities call) {
    return number;
  }

  @Override
  public String text() {
    return Long.toString(number);
  }
}
