package org.whichflops.engine.tensor;

/** How a number depends on the batch, where all else of an input stays. */
public enum Course {
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
    return this == other ? this : this == OTHER || other == OTHER ? OTHER : LINEAR;
  }

  /** Of the product of this and another. */
  Course times(Course other) {
    return this == CONSTANT ? other : other == CONSTANT ? this : OTHER;
  }
}
