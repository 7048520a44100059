package org.whichflops.zoo.torchvision;

/** Rounding of channel numbers, torchvision's {@code _make_divisible}. */
final class Channels {
  private Channels() {}

  /** The multiple of 8 nearest to a number, one higher where rounding takes off over a tenth. */
  static int divisibleBy8(double channels) {
    return divisible(channels, 8);
  }

  /** The multiple of 8 nearest to a number, 8 at the least. */
  static int nearest8(double channels) {
    return Math.toIntExact(Math.max(8, (long) (channels + 4) / 8 * 8));
  }

  /**
   * {@link #divisibleBy8} for another divisor.
   *
   * @throws ArithmeticException past 2<sup>31</sup> - 1
   */
  static int divisible(double channels, int divisor) {
    long rounded = Math.max(divisor, (long) (channels + divisor / 2.0) / divisor * divisor);
    return Math.toIntExact(rounded < 0.9 * channels ? rounded + divisor : rounded);
  }

  /**
   * A multiple of a number of channels.
   *
   * @throws ArithmeticException past 2<sup>31</sup> - 1
   */
  static int times(int channels, int factor) {
    return Math.multiplyExact(channels, factor);
  }
}
