package org.whichflops.engine.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** The sizes of a tensor, one of which falls apart into several. */
final class Unflattened extends Origin {
  private final Tensor x;
  private final int dim;

  /** One may be -1, and follows from the others. */
  private final long[] sizes;

  private final String function;

  Unflattened(Tensor x, int dim, long[] sizes, String function) {
    this.x = x;
    this.dim = dim;
    this.sizes = sizes;
    this.function = function;
  }

  @Override
  void resize(Tensor result) {
    long known = Sizes.known(sizes, function);
    long size = x.extent(dim);
    boolean open = isOpen();
    if (open ? known == 0 || size % known != 0 : size != known) {
      throw new ShapeException(
          "%s: dimension %d of a tensor of %s cannot be given the sizes %s"
              .formatted(function, dim, x, Arrays.toString(sizes)));
    }
    for (int i = 0; i < result.rank(); i++) {
      result.set(
          i,
          i < dim
              ? x.extent(i)
              : i >= dim + sizes.length
                  ? x.extent(i - sizes.length + 1)
                  : sizes[i - dim] == -1 ? size / known : sizes[i - dim]);
    }
  }

  private boolean isOpen() {
    for (long size : sizes) {
      if (size == -1) {
        return true;
      }
    }
    return false;
  }

  @Override
  @Nullable SymbolicShape symbolic(Symbols symbols) {
    SymbolicShape of = x.symbolic(symbols);
    long known = Sizes.known(sizes, function);
    Polynomial left = known == 0 ? null : of.size(dim).dividedBy(symbols.constant(known));
    if (left == null || (!isOpen() && !left.isConstant(1))) {
      return null;
    }
    Polynomial[] all = new Polynomial[of.rank() + sizes.length - 1];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          i < dim
              ? of.size(i)
              : i >= dim + sizes.length
                  ? of.size(i - sizes.length + 1)
                  : sizes[i - dim] == -1 ? left : symbols.constant(sizes[i - dim]);
    }
    return new SymbolicShape(symbols, all);
  }
}
