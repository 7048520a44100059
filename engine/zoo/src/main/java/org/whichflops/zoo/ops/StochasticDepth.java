package org.whichflops.zoo.ops;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;

/**
 * {@code torchvision.ops.StochasticDepth}: drops whole residual branches in training (Huang et al.,
 * arXiv 1603.09382). In evaluation it is called and returns what it is given.
 */
public final class StochasticDepth extends Module {
  private static final ModuleType TYPE =
      ModuleType.of("torchvision.ops.stochastic_depth.StochasticDepth");

  /** With which probability it drops does not matter in evaluation. */
  public StochasticDepth() {
    super(TYPE);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x;
  }
}
