package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.Numel;
import org.whichflops.engine.formula.Role;
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
    return Layout.suggested(x.pass().tensor(x.rank()).by(new Output(this, x)), x);
  }

  /** The sizes of what an adaptive pooling returns. */
  private static final class Output extends Origin {
    private final AdaptivePoolingArguments arguments;
    private final Tensor x;

    Output(AdaptivePoolingArguments arguments, Tensor x) {
      this.arguments = arguments;
      this.x = x;
    }

    @Override
    void resize(Tensor result) {
      int before = x.rank() - arguments.dims;
      for (int i = 0; i < x.rank(); i++) {
        boolean kept = i < before || arguments.size.get(i - before) == 0;
        result.set(i, kept ? x.extent(i) : arguments.size.get(i - before));
      }
    }

    @Override
    SymbolicShape symbolic(Symbols symbols) {
      Polynomial[] sizes = x.symbolic(symbols).sizes();
      for (int i = 0; i < arguments.dims; i++) {
        int size = arguments.size.get(i);
        int dim = sizes.length - arguments.dims + i;
        sizes[dim] = size == 0 ? sizes[dim] : symbols.constant(size);
      }
      return new SymbolicShape(symbols, sizes);
    }
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

  /** To one output a dimension, each input is read once. */
  @Override
  public @Nullable Expr expression(Attribute attribute, Call call) {
    boolean global = attribute == Attribute.TAPS;
    for (int i = 0; i < dims; i++) {
      global &= size.get(i) == 1;
    }
    return global ? new Numel(Role.X) : null;
  }
}
