package org.whichflops.convention;

/**
 * The tool that a convention reproduces fails on this network, so it prints no number. The message
 * is the tool's own, Python's class first: {@code AttributeError: 'LayerNorm' object has no
 * attribute 'affine'}.
 */
public final class ToolFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what the tool says. It is an answer and no fault here, so it has no stack trace. */
  public ToolFailureException(String message) {
    super(message, null, false, false);
  }
}
