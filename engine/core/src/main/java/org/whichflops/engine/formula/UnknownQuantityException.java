package org.whichflops.engine.formula;

/** A formula asked a call for a number the call does not have. */
public final class UnknownQuantityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says which call lacks which quantity. */
  public UnknownQuantityException(String message) {
    super(message);
  }
}
