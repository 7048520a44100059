package org.whichflops.engine.nn;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.tensor.Call;
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
  public String extraRepr() {
    return size + ", alpha=0.0001, beta=0.75, k=1.0";
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.WINDOW ? size : super.attribute(attribute, call);
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
