package org.whichflops.engine.formula;

/** A formula asked a call for a number the call does not have. */
public final class UnknownQuantityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Says which call lacks which quantity. It has no stack trace, since a module of a file is asked
   * many things that only one of its functions knows.
   */
  public UnknownQuantityException(String message) {
    super(message, null, false, false);
  }

  /** Says where a formula has no value for what a call has, and why. */
  public UnknownQuantityException(String message, ArithmeticException cause) {
    super(message, cause);
  }
}
