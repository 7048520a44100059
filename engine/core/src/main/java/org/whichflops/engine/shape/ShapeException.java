package org.whichflops.engine.shape;

/** Tensors whose sizes do not fit an operator: what was expected, and what came. */
public final class ShapeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was expected and what came, in that order. */
  public ShapeException(String message) {
    super(message);
  }

  /** The same refusal with the place it happened at in front. */
  public ShapeException at(String place) {
    ShapeException placed = new ShapeException(place + ": " + getMessage());
    placed.initCause(this);
    return placed;
  }
}
