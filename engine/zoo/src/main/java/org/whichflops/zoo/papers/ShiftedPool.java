package org.whichflops.zoo.papers;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Pad;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.tensor.Tensor;

/** A pool of NASNet or PNASNet that may be shifted as a {@link SeparableBranch} is. */
final class ShiftedPool extends Module {
  private final boolean copied;
  private final @Nullable Pad pad;
  private final Pool pool;

  /** A shifted pool of NASNet; the mobile one copies what it keeps. */
  ShiftedPool(CellLibrary library, String type, Pool pool) {
    super(library.type(type));
    copied = library == CellLibrary.NASNET_MOBILE;
    pad = child("pad", CellLibrary.shift());
    this.pool = child("pool", pool);
  }

  /** A pool of PNASNet, shifted or not. */
  ShiftedPool(Pool pool, boolean shifted) {
    super(CellLibrary.PNASNET.type("MaxPool"));
    copied = false;
    pad = shifted ? child("zero_pad", CellLibrary.shift()) : null;
    this.pool = child("pool", pool);
  }

  @Override
  protected Tensor forward(Tensor x) {
    if (pad == null) {
      return pool.call(x);
    }
    Tensor y = pool.call(pad.call(x));
    y = CellLibrary.withoutFirst(y);
    return copied ? y.contiguous() : y;
  }
}
