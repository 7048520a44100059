package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.LocalResponseNorm}: AlexNet's, over neighbouring channels. */
public final class LocalResponseNorm extends Module {
  private final int size;

  /** Over a window of so many channels. */
  public LocalResponseNorm(int size) {
    super(ModuleType.nn("normalization", "LocalResponseNorm"));
    this.size = size;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.localResponseNorm(x, size);
  }

  /** The number of neighbouring channels. */
  public int size() {
    return size;
  }
}
