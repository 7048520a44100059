package org.whichflops.cli;

/** A check found limits broken and has said which; the exit status says so too. */
final class LimitsBrokenException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LimitsBrokenException() {
    super("limits are broken");
  }
}
