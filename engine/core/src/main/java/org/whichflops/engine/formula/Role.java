package org.whichflops.engine.formula;

/** A tensor's part in a call, as formulas name it. */
public enum Role {
  /** The first input. */
  X("x", "first input"),
  /** The second input: the other operand, or the keys of an attention. */
  X2("x2", "second input"),
  /** The third input: the values of an attention, or the third operand of {@code addmm}. */
  X3("x3", "third input"),
  /** The first output. */
  Y("y", "first output"),
  /** The weight: a module's parameter of that name, or the operator's weight operand. */
  W("w", "weight");

  private final String symbol;
  private final String meaning;

  Role(String symbol, String meaning) {
    this.symbol = symbol;
    this.meaning = meaning;
  }

  /** The name used in formulas, such as {@code x}. */
  public String symbol() {
    return symbol;
  }

  /** What the name stands for, in words. */
  public String meaning() {
    return meaning;
  }
}
