package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.PixelShuffle} and {@code nn.PixelUnshuffle}. */
public final class PixelShuffle extends Module {
  private final int factor;
  private final boolean back;

  private PixelShuffle(String name, int factor, boolean back) {
    super(ModuleType.nn("pixelshuffle", name));
    this.factor = factor;
    this.back = back;
  }

  /** {@code nn.PixelShuffle(factor)}. */
  public static PixelShuffle shuffle(int factor) {
    return new PixelShuffle("PixelShuffle", factor, false);
  }

  /** {@code nn.PixelUnshuffle(factor)}. */
  public static PixelShuffle unshuffle(int factor) {
    return new PixelShuffle("PixelUnshuffle", factor, true);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return back ? F.pixelUnshuffle(x, factor) : F.pixelShuffle(x, factor);
  }

  /** The factor of the spatial sizes. */
  public int factor() {
    return factor;
  }
}
