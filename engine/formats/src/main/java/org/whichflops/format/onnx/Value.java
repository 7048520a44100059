package org.whichflops.format.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * A value of a graph in one run. It is <em>live</em> where it depends on the numbers of the
 * network's input; anything else could be worked out before, and costs nothing. Small values that
 * are not live are known: that is how shapes are computed.
 */
final class Value {
  private final ElementType type;
  private final boolean live;
  private final @Nullable Tensor tensor;
  private final long @Nullable [] sizes;
  private final @Nullable Numbers numbers;

  private Value(
      ElementType type,
      boolean live,
      @Nullable Tensor tensor,
      long @Nullable [] sizes,
      @Nullable Numbers numbers) {
    this.type = type;
    this.live = live;
    this.tensor = tensor;
    this.sizes = sizes;
    this.numbers = numbers;
  }

  /** A value that depends on the input. */
  static Value live(ElementType type, Tensor tensor) {
    return new Value(type, true, tensor, null, null);
  }

  /** A value that depends on the input, of a size that nobody knows. */
  static Value unsized(ElementType type) {
    return new Value(type, true, null, null, null);
  }

  /** A value that does not, with its numbers where they are known. */
  static Value constant(ElementType type, long[] sizes, @Nullable Numbers numbers) {
    for (long size : sizes) {
      if (size < 0) {
        throw new ShapeException(
            "sizes are 0 or more but one of " + Arrays.toString(sizes) + " is " + size);
      }
    }
    return new Value(type, false, null, sizes, numbers);
  }

  /** What an initializer holds. */
  static Value initializer(TensorInfo info, @Nullable Parameter parameter) {
    return new Value(info.type(), false, parameter, info.sizes(), info.numbers());
  }

  /** A known vector of whole numbers. */
  static Value vector(long... numbers) {
    return constant(ElementType.INT64, new long[] {numbers.length}, Numbers.of(numbers));
  }

  /** A known whole number. */
  static Value scalar(long number) {
    return constant(ElementType.INT64, new long[0], Numbers.of(number));
  }

  /** The same under another type, with other numbers where they are known. */
  Value as(ElementType other, @Nullable Numbers converted) {
    return new Value(other, live, tensor, sizes, converted);
  }

  ElementType type() {
    return type;
  }

  boolean live() {
    return live;
  }

  /** Whether its sizes are known. */
  boolean sized() {
    return tensor != null || sizes != null;
  }

  /** Whether calls with this value compute: real numbers, or a quantised network's bytes. */
  boolean computes() {
    return live
        && (type.real()
            || type == ElementType.UNDEFINED
            || type == ElementType.INT8
            || type == ElementType.UINT8);
  }

  @Nullable Numbers numbers() {
    return numbers;
  }

  int rank() {
    return sizes != null ? sizes.length : tensor == null ? 0 : tensor.rank();
  }

  /** One size; a negative dimension counts from the end. */
  long size(int dim) {
    int at = dim < 0 ? dim + rank() : dim;
    if (at < 0 || at >= rank()) {
      throw new ShapeException("it has no dimension %d: its input is %s".formatted(dim, this));
    }
    return sizes != null ? sizes[at] : tensor == null ? 0 : tensor.size(at);
  }

  /** All sizes, a fresh array. */
  long[] sizes() {
    long[] all = new long[rank()];
    for (int i = 0; i < all.length; i++) {
      all[i] = size(i);
    }
    return all;
  }

  long numel() {
    return TensorInfo.numel(sizes());
  }

  /** The initializer's parameter, where the value is one. */
  @Nullable Parameter parameter() {
    return tensor instanceof Parameter parameter ? parameter : null;
  }

  /** The value as a tensor that calls can take. */
  Tensor tensor(ForwardPass pass) {
    return tensor != null ? tensor : Observed.tensor(pass, Shape.of(sizes()));
  }

  @Override
  public String toString() {
    return !sized() ? "an unknown size" : Shape.of(sizes()).toString();
  }
}
