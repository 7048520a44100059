package org.whichflops.engine.formula;

/** A text that is not a formula, with the column where reading stopped. */
public final class FormulaSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int column;
  private final String problem;

  FormulaSyntaxException(String text, int column, String expectation) {
    super("formula '%s', column %d: %s".formatted(text, column, expectation));
    this.column = column;
    this.problem = expectation;
  }

  /** The column, from 1. */
  public int column() {
    return column;
  }

  /** What is wrong at the column. */
  public String problem() {
    return problem;
  }
}
