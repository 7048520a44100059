package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.PReLU}: a leaky ReLU with learnt slopes. */
public final class PReLU extends Module {
  private final Parameter weight;

  /** One slope for each of a number of channels, or one for all. */
  public PReLU(int slopes) {
    super(ModuleType.nn("activation", "PReLU"));
    this.weight = parameter("weight", slopes);
  }

  @Override
  public String extraRepr() {
    return "num_parameters=" + weight.numel();
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.prelu(x, weight);
  }
}
