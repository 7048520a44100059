package org.whichflops.engine.tensor;

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
  Batch batch(Tensor y) {
    return result.batch(y);
  }
}
