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

  /** A negative number reads back as the negative of a number. */
  @Override
  public int precedence() {
    return number < 0 ? 1 : 4;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Constant c && number == c.number;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
