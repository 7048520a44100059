package org.whichflops.convention;

/** A count past 2<sup>63</sup> - 1, refused rather than wrapped. */
public final class CountOverflowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names what was counted, and how. */
  public CountOverflowException(String message) {
    super(message);
  }
}
