package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;

/**
 * The values of a small tensor, in row-major order: sizes, axes, scales. Whole numbers are kept
 * exactly, since {@code 2^63 - 1} stands for the end of a dimension.
 */
final class Numbers {
  /** More are never kept: shapes have few dimensions, and memory stays bounded. */
  static final int MOST = 1024;

  private final long @Nullable [] whole;
  private final double @Nullable [] real;

  private Numbers(long @Nullable [] whole, double @Nullable [] real) {
    this.whole = whole;
    this.real = real;
  }

  static Numbers of(long... whole) {
    return new Numbers(whole, null);
  }

  static Numbers of(double... real) {
    return new Numbers(null, real);
  }

  int count() {
    return whole != null ? whole.length : real == null ? 0 : real.length;
  }

  boolean isReal() {
    return real != null;
  }

  /** One value as a whole number, cut towards zero. */
  long whole(int i) {
    return whole != null ? whole[i] : real == null ? 0 : (long) real[i];
  }

  /** One value as a floating-point number. */
  double real(int i) {
    return whole != null ? whole[i] : real == null ? 0 : real[i];
  }

  /** All values as whole numbers, a fresh array. */
  long[] whole() {
    long[] all = new long[count()];
    for (int i = 0; i < all.length; i++) {
      all[i] = whole(i);
    }
    return all;
  }

  /** The values at the given places, in that order. */
  Numbers at(int[] places) {
    if (real != null) {
      double[] some = new double[places.length];
      for (int i = 0; i < some.length; i++) {
        some[i] = real[places[i]];
      }
      return of(some);
    }
    long[] some = new long[places.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = whole(places[i]);
    }
    return of(some);
  }
}
