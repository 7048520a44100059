package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** The sizes of a result that is written into one of its operands, and so has to be as large. */
final class WrittenInto extends Origin {
  private final Origin result;
  private final Tensor x;
  private final String function;

  WrittenInto(Origin result, Tensor x, String function) {
    this.result = result;
    this.x = x;
    this.function = function;
  }

  @Override
  void resize(Tensor y) {
    result.resize(y);
    boolean fits = y.rank() == x.rank();
    for (int i = 0; fits && i < y.rank(); i++) {
      fits = y.extent(i) == x.extent(i);
    }
    if (!fits) {
      throw new ShapeException(
          "%s writes into its first tensor of %s but the result is %s".formatted(function, x, y));
    }
  }

  @Override
  @Nullable SymbolicShape symbolic(Symbols symbols) {
    SymbolicShape shape = result.symbolic(symbols);
    SymbolicShape into = x.symbolic(symbols);
    if (shape == null || shape.rank() != into.rank()) {
      return null;
    }
    for (int i = 0; i < into.rank(); i++) {
      if (!into.size(i).equals(shape.size(i))) {
        return null;
      }
    }
    return shape;
  }
}
