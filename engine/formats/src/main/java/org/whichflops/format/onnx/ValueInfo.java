package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;

/** What a file says of a value: its type and sizes. */
final class ValueInfo {
  /** A size that the file leaves open. */
  static final long OPEN = -1;

  private final String name;
  private final ElementType type;
  private final long @Nullable [] sizes;
  private final @Nullable String[] names;
  private final boolean tensor;

  /**
   * All there is of it.
   *
   * @param sizes one a dimension, {@link #OPEN} where none is given; null where not even the number
   *     of dimensions is
   * @param names the names of open sizes, null where there is none
   * @param tensor false for a sequence, a map or an optional value
   */
  ValueInfo(
      String name,
      ElementType type,
      long @Nullable [] sizes,
      @Nullable String[] names,
      boolean tensor) {
    this.name = name;
    this.type = type;
    this.sizes = sizes;
    this.names = names;
    this.tensor = tensor;
  }

  String name() {
    return name;
  }

  ElementType type() {
    return type;
  }

  long @Nullable [] sizes() {
    return sizes;
  }

  @Nullable String[] names() {
    return names;
  }

  boolean tensor() {
    return tensor;
  }

  /** Whether every size is given. */
  boolean fixed() {
    if (sizes == null) {
      return false;
    }
    for (long size : sizes) {
      if (size == OPEN) {
        return false;
      }
    }
    return true;
  }
}
