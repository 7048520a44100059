package org.whichflops.zoo.ops;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.PythonFloat;
import org.whichflops.engine.tensor.Tensor;

/**
 * {@code torchvision.ops.StochasticDepth}: drops whole residual branches in training (Huang et al.,
 * arXiv 1603.09382). In evaluation it is called and returns what it is given.
 */
public final class StochasticDepth extends Module {
  private static final ModuleType TYPE =
      ModuleType.of("torchvision.ops.stochastic_depth.StochasticDepth");

  private final double probability;

  /** Drops whole samples ({@code mode='row'}) with a probability, which only training uses. */
  public StochasticDepth(double probability) {
    super(TYPE);
    this.probability = probability;
  }

  @Override
  public String ownRepr() {
    return "StochasticDepth(p=" + PythonFloat.repr(probability) + ", mode=row)";
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x;
  }
}
