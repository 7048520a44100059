package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** The sizes of tensors one after the other along a dimension. */
final class Joined extends Origin {
  private final Tensor[] tensors;
  private final int dim;
  private final String function;

  Joined(Tensor[] tensors, int dim, String function) {
    this.tensors = tensors;
    this.dim = dim;
    this.function = function;
  }

  @Override
  void resize(Tensor result) {
    Tensor first = tensors[0];
    result.take(first);
    long size = 0;
    for (Tensor tensor : tensors) {
      boolean fits = tensor.rank() == result.rank();
      for (int i = 0; fits && i < result.rank(); i++) {
        fits = i == dim || tensor.extent(i) == first.extent(i);
      }
      if (!fits) {
        throw new ShapeException(
            "%s: tensors differ outside dimension %d: %s and %s"
                .formatted(function, dim, first, tensor));
      }
      size += tensor.extent(dim);
    }
    result.set(dim, size);
  }

  @Override
  @Nullable SymbolicShape symbolic(Symbols symbols) {
    SymbolicShape first = tensors[0].symbolic(symbols);
    Polynomial.Sum sum = new Polynomial.Sum();
    for (Tensor tensor : tensors) {
      SymbolicShape shape = tensor.symbolic(symbols);
      if (shape.rank() != first.rank()) {
        return null;
      }
      for (int i = 0; i < first.rank(); i++) {
        if (i != dim && !shape.size(i).equals(first.size(i))) {
          return null;
        }
      }
      sum.add(1, shape.size(dim));
    }
    Polynomial[] sizes = first.sizes();
    sizes[dim] = sum.total();
    return new SymbolicShape(symbols, sizes);
  }
}
