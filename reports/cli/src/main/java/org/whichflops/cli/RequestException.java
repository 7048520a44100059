package org.whichflops.cli;

/**
 * A request that cannot be met: one line that says what was wrong, where, and what would be right.
 */
final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RequestException(String message) {
    super(message);
  }
}
