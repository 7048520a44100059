package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.Numel;
import org.whichflops.engine.formula.Product;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.shape.Sliding;

/**
 * The arguments of a pooling with a sliding window over one to three dimensions.
 *
 * @param kernel window sizes
 * @param stride strides
 * @param padding positions added on either side
 * @param dilation distances between taps, for maximum pooling
 * @param ceilMode whether a last window may hang over the edge
 */
public record PoolingArguments(
    int dims, Extents kernel, Extents stride, Extents padding, Extents dilation, boolean ceilMode)
    implements Arguments {

  /** Checks what PyTorch checks. */
  public PoolingArguments {
    kernel = kernel.over(dims);
    stride = stride.over(dims);
    padding = padding.over(dims);
    dilation = dilation.over(dims);
    if (!kernel.atLeast(1) || !stride.atLeast(1) || !dilation.atLeast(1) || !padding.atLeast(0)) {
      throw new IllegalArgumentException(
          "kernel, stride and dilation are 1 or more and padding 0 or more, but kernel_size=%s, "
                  .formatted(kernel)
              + "stride=%s, dilation=%s, padding=%s".formatted(stride, dilation, padding));
    }
    for (int i = 0; i < dims; i++) {
      if (2 * padding.get(i) > kernel.get(i)) {
        throw new IllegalArgumentException(
            "padding is at most half the kernel, but kernel_size=%s, padding=%s"
                .formatted(kernel, padding));
      }
    }
  }

  /** A window of {@code kernel} moved by {@code stride}. */
  public static PoolingArguments of(int dims, Extents kernel, Extents stride) {
    return new PoolingArguments(dims, kernel, stride, Extents.of(0), Extents.of(1), false);
  }

  Tensor output(Tensor x) {
    if (x.rank() != dims + 1 && x.rank() != dims + 2) {
      throw new ShapeException(
          "pool%dd expects %d or %d dimensions but its input is %s"
              .formatted(dims, dims + 1, dims + 2, x));
    }
    return Layout.suggested(x.pass().tensor(x.rank()).by(origin(x)), x);
  }

  private Origin origin(Tensor x) {
    return new Origin() {
      @Override
      void resize(Tensor result) {
        PoolingArguments.this.resize(x, result);
      }

      @Override
      @Nullable SymbolicShape symbolic(Symbols symbols) {
        return PoolingArguments.this.symbolic(x.symbolic(symbols));
      }
    };
  }

  private @Nullable SymbolicShape symbolic(SymbolicShape x) {
    Polynomial[] sizes = x.sizes();
    int before = x.rank() - dims;
    for (int i = 0; i < dims; i++) {
      Polynomial size = symbolic(i, sizes[before + i], x.symbols());
      if (size == null) {
        return null;
      }
      sizes[before + i] = size;
    }
    return new SymbolicShape(x.symbols(), sizes);
  }

  /** Without windows over the edge, as with a stride of 1, a pooling slides as convolutions do. */
  private @Nullable Polynomial symbolic(int dim, Polynomial in, Symbols symbols) {
    return ceilMode && stride.get(dim) > 1
        ? symbols.made(
            in,
            size -> output(dim, size),
            "pooled over the edge",
            kernel.get(dim),
            stride.get(dim),
            padding.get(dim),
            dilation.get(dim))
        : symbols.slid(
            in, kernel.get(dim), stride.get(dim), 2L * padding.get(dim), dilation.get(dim));
  }

  private long output(int dim, long in) {
    return Sliding.pooling(
        in, kernel.get(dim), stride.get(dim), padding.get(dim), dilation.get(dim), ceilMode);
  }

  private void resize(Tensor x, Tensor y) {
    int before = x.rank() - dims;
    for (int i = 0; i < before; i++) {
      y.set(i, x.extent(i));
    }
    for (int i = 0; i < dims; i++) {
      long out = output(i, x.extent(before + i));
      if (out < 1) {
        throw new ShapeException(
            "pool%dd with kernel %s, stride %s and padding %s does not fit its input of %s"
                .formatted(dims, kernel, stride, padding, x));
      }
      y.set(before + i, out);
    }
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return switch (attribute) {
      case KERNEL -> kernel.product();
      case KERNEL_AS_GIVEN -> kernel.isNumber() ? kernel.get(0) : kernel.product();
      case STRIDE -> stride.product();
      case TAPS -> Math.multiplyExact(call.numel(Role.Y), kernel.product());
      default -> NONE.attribute(attribute, call);
    };
  }

  @Override
  public @Nullable Expr expression(Attribute attribute, Call call) {
    return switch (attribute) {
      case KERNEL_AS_GIVEN -> new Constant(attribute(attribute, call));
      case TAPS -> new Product(new Numel(Role.Y), new Constant(kernel.product()));
      default -> null;
    };
  }
}
