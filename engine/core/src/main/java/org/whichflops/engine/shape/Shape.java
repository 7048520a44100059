package org.whichflops.engine.shape;

import java.util.Arrays;

/** The sizes of a tensor, outermost dimension first; printed as {@code 1x3x224x224}. Immutable. */
public final class Shape {
  private final long[] sizes;

  private Shape(long[] sizes) {
    this.sizes = sizes;
  }

  /**
   * A shape of the given sizes; none at all is a scalar.
   *
   * @throws ShapeException where a size is negative
   */
  public static Shape of(long... sizes) {
    check(sizes);
    return new Shape(Arrays.copyOf(sizes, sizes.length));
  }

  /**
   * Refuses sizes that no shape has.
   *
   * @throws ShapeException where a size is negative
   */
  public static void check(long... sizes) {
    for (long size : sizes) {
      if (size < 0) {
        throw new ShapeException(
            "sizes are 0 or more but one of " + Arrays.toString(sizes) + " is " + size);
      }
    }
  }

  /** The number of dimensions. */
  public int rank() {
    return sizes.length;
  }

  /** The size of one dimension; a negative index counts from the end. */
  public long size(int dim) {
    return sizes[dim < 0 ? dim + sizes.length : dim];
  }

  /** All sizes, a fresh array. */
  public long[] sizes() {
    return Arrays.copyOf(sizes, sizes.length);
  }

  /**
   * The number of elements.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1
   */
  public long numel() {
    long product = 1;
    for (long size : sizes) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape s && Arrays.equals(sizes, s.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    if (sizes.length == 0) {
      return "scalar";
    }
    StringBuilder text = new StringBuilder();
    for (long size : sizes) {
      text.append(text.length() == 0 ? "" : "x").append(size);
    }
    return text.toString();
  }
}
