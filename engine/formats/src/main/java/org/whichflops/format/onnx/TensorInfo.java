package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a {@code TensorProto}: its name, type and sizes, and its values where they are
 * few.
 */
final class TensorInfo {
  private final String name;
  private final ElementType type;
  private final long[] sizes;
  private final @Nullable Numbers numbers;
  private final String external;

  /**
   * All there is of it.
   *
   * @param name the value it defines, or empty
   * @param numbers the values, null where they are many, are none of numbers, or lie in a file that
   *     is not there
   * @param external the file that its values lie in, empty where they lie in this one
   */
  TensorInfo(
      String name, ElementType type, long[] sizes, @Nullable Numbers numbers, String external) {
    this.name = name;
    this.type = type;
    this.sizes = sizes;
    this.numbers = numbers;
    this.external = external;
  }

  String name() {
    return name;
  }

  ElementType type() {
    return type;
  }

  long[] sizes() {
    return sizes;
  }

  @Nullable Numbers numbers() {
    return numbers;
  }

  String external() {
    return external;
  }

  /**
   * The number of elements.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1
   */
  long numel() {
    return numel(sizes);
  }

  static long numel(long[] sizes) {
    long product = 1;
    for (long size : sizes) {
      product = Math.multiplyExact(product, size);
    }
    return product;
  }
}
