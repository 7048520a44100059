package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** The sizes of a tensor that is to have so many channels. */
final class Normalized extends Origin {
  private final Tensor x;
  private final long channels;

  Normalized(Tensor x, long channels) {
    this.x = x;
    this.channels = channels;
  }

  @Override
  void resize(Tensor result) {
    if (x.extent(1) != channels) {
      throw wrong(x, channels);
    }
    result.take(x);
  }

  @Override
  @Nullable SymbolicShape symbolic(Symbols symbols) {
    SymbolicShape of = x.symbolic(symbols);
    return of.size(1).isConstant(channels) ? of : null;
  }

  static ShapeException wrong(Tensor x, long channels) {
    return new ShapeException(
        "batch_norm expects %d channels in the second dimension but its input is %s"
            .formatted(channels, x));
  }
}
