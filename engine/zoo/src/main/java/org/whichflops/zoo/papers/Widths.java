package org.whichflops.zoo.papers;

/** Numbers of channels under a width multiplier. */
final class Widths {
  private Widths() {}

  /**
   * Channels times a factor, cut to a whole number and not below a least one.
   *
   * @throws ArithmeticException past 2<sup>31</sup> - 1
   */
  static int scaled(int channels, double factor, int least) {
    return Math.max(least, Math.toIntExact((long) (channels * factor)));
  }

  /**
   * The multiple nearest to a number, one higher where rounding takes off over a tenth: {@code
   * _make_divisible} of TF-slim and its descendants.
   *
   * @throws ArithmeticException past 2<sup>31</sup> - 1
   */
  static int divisible(double channels, int divisor) {
    long rounded = Math.max(divisor, (long) (channels + divisor / 2.0) / divisor * divisor);
    return Math.toIntExact(rounded < 0.9 * channels ? rounded + divisor : rounded);
  }
}
