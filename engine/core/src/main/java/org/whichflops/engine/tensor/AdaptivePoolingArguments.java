package org.whichflops.engine.tensor;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.shape.Sliding;

/**
 * The arguments of a pooling to a given size.
 *
 * @param size output sizes; 0 keeps the input's, PyTorch's {@code None}
 */
public record AdaptivePoolingArguments(int dims, Extents size) implements Arguments {
  /** Spreads one size over all dimensions. */
  public AdaptivePoolingArguments {
    size = size.over(dims);
    if (!size.atLeast(0)) {
      throw new IllegalArgumentException("output sizes are 1 or more, but output_size=" + size);
    }
  }

  Tensor output(Tensor x) {
    if (x.rank() != dims + 1 && x.rank() != dims + 2) {
      throw new ShapeException(
          "adaptive_pool%dd expects %d or %d dimensions but its input is %s"
              .formatted(dims, dims + 1, dims + 2, x));
    }
    Tensor y = x.pass().like(x);
    for (int i = 0; i < dims; i++) {
      if (size.get(i) > 0) {
        y.set(x.rank() - dims + i, size.get(i));
      }
    }
    return Layout.suggested(y, x);
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.TAPS
        ? taps(call.input(0), call.output(0))
        : NONE.attribute(attribute, call);
  }

  private long taps(Tensor x, Tensor y) {
    long taps = 1;
    for (int i = 0; i < x.rank(); i++) {
      taps =
          Math.multiplyExact(
              taps, i < x.rank() - dims ? x.size(i) : Sliding.adaptiveTaps(x.size(i), y.size(i)));
    }
    return taps;
  }
}
