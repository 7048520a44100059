package org.whichflops.format.description;

/** A network cannot be written as a description: where, and why. */
public final class ConversionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the place and the reason. */
  public ConversionException(String message) {
    super(message);
  }
}
