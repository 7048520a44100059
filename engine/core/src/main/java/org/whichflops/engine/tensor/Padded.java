package org.whichflops.engine.tensor;

import org.whichflops.engine.shape.ShapeException;

/** The sizes of a tensor with something added before and after, or cut off where negative. */
final class Padded extends Origin {
  private final Padding mode;
  private final Tensor x;

  /** Two sizes a dimension, the last dimension first. */
  private final long[] pads;

  Padded(Padding mode, Tensor x, long[] pads) {
    this.mode = mode;
    this.x = x;
    this.pads = pads;
  }

  /** Whether nothing is added or cut off. */
  boolean byNothing() {
    for (long pad : pads) {
      if (pad != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  void resize(Tensor result) {
    result.take(x);
    for (int i = 0; i < pads.length / 2; i++) {
      long before = x.extent(-1 - i);
      long size = before + pads[2 * i] + pads[2 * i + 1];
      long most = Math.max(pads[2 * i], pads[2 * i + 1]);
      long least = Math.min(pads[2 * i], pads[2 * i + 1]);
      if (size < 1 || most > mode.most(before) || least < -before) {
        throw new ShapeException(
            "%s padding of %d and %d does not fit dimension %d of %s"
                .formatted(mode.word(), pads[2 * i], pads[2 * i + 1], -1 - i, x));
      }
      result.set(result.rank() - 1 - i, size);
    }
  }
}
