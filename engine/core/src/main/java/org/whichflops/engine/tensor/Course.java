package org.whichflops.engine.tensor;

/** How a number depends on the batch, where all else of an input stays. */
public enum Course {
  /** It is 0: the sum of nothing. */
  NOTHING,
  /** It does not. */
  CONSTANT,
  /** So much for each image. */
  PROPORTIONAL,
  /** So much, and so much for each image. */
  LINEAR,
  /** In any other way, or nobody knows how: where something is rounded. */
  OTHER;

  /** Of the sum of this and another, or their difference. */
  public Course plus(Course other) {
    if (this == NOTHING || this == other) {
      return other;
    }
    return other == NOTHING ? this : this == OTHER || other == OTHER ? OTHER : LINEAR;
  }

  /** Of the product of this and another. */
  Course times(Course other) {
    return this == CONSTANT ? other : other == CONSTANT ? this : OTHER;
  }
}
