package org.whichflops.engine.shape;

/**
 * Output sizes of windows that slide along one dimension.
 *
 * <p>Source: the shape sections of PyTorch's documentation of Conv2d, ConvTranspose2d, MaxPool2d,
 * AvgPool2d and AdaptiveAvgPool2d, and ATen's {@code pooling_output_shape}.
 */
public final class Sliding {
  private Sliding() {}

  /**
   * A convolution: floor((in + padding - dilation * (kernel - 1) - 1) / stride) + 1.
   *
   * @param padding both sides together
   * @return the output size, 0 or less where the kernel does not fit
   */
  public static long convolution(long in, int kernel, int stride, long padding, int dilation) {
    long room = in + padding - (long) dilation * (kernel - 1) - 1;
    return room < 0 ? 0 : room / stride + 1;
  }

  /**
   * A transposed convolution: (in - 1) * stride - 2 * padding + dilation * (kernel - 1) +
   * outputPadding + 1.
   *
   * @param padding of one side
   */
  public static long transposed(
      long in, int kernel, int stride, int padding, int outputPadding, int dilation) {
    return (in - 1) * stride - 2L * padding + (long) dilation * (kernel - 1) + outputPadding + 1;
  }

  /**
   * A pooling. With {@code ceilMode} a last window may hang over the edge, but must start inside
   * the input or its left padding.
   *
   * @param padding of one side
   * @return the output size, 0 or less where the window does not fit
   */
  public static long pooling(
      long in, int kernel, int stride, int padding, int dilation, boolean ceilMode) {
    long room = in + 2L * padding - (long) dilation * (kernel - 1) - 1;
    if (!ceilMode) {
      return Math.floorDiv(room, stride) + 1;
    }
    long out = Math.floorDiv(room + stride - 1, stride) + 1;
    return (out - 1) * stride >= in + padding ? out - 1 : out;
  }

  /**
   * Input elements read along one dimension by an adaptive pooling, over all its outputs: output i
   * reads floor(i * in / out) to ceil((i + 1) * in / out).
   */
  public static long adaptiveTaps(long in, long out) {
    if (out == 0 || in % out == 0) {
      return out == 0 ? 0 : in;
    }
    long taps = 0;
    for (long i = 0; i < out; i++) {
      taps += -Math.floorDiv(-(i + 1) * in, out) - i * in / out;
    }
    return taps;
  }

  /**
   * Positions of a transposed convolution's output, before cropping, that receive at least one
   * product: the different values of i * stride + k * dilation.
   */
  public static long touched(long in, int kernel, int stride, int dilation) {
    // Two pairs (i, k) meet where i shifts by dilation/d and k by stride/d, d their common divisor.
    long d = gcd(stride, dilation);
    long shiftIn = dilation / d;
    long shiftKernel = stride / d;
    return in * kernel - Math.max(0, in - shiftIn) * Math.max(0, kernel - shiftKernel);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
