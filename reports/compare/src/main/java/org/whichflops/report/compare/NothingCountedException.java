package org.whichflops.report.compare;

/** Nothing of what was asked for can be counted; the message says why for the first of it. */
public final class NothingCountedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NothingCountedException(String message) {
    super(message);
  }
}
