package org.whichflops.engine.nn;

import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.RMSNorm}: over the last dimensions, without mean and bias. */
public final class RmsNorm extends Module {
  private final Shape normalized;
  private final NormalizationArguments arguments;

  /** Over the last dimensions, which have these sizes, with a learnt weight. */
  public RmsNorm(long... normalized) {
    super(ModuleType.nn("normalization", "RMSNorm"));
    this.normalized = Shape.of(normalized);
    this.arguments = new NormalizationArguments(true, false, -1, this.normalized.numel());
    parameter("weight", normalized);
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    return PythonTuple.of(normalized.sizes()) + ", eps=None, elementwise_affine=True";
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.rmsNorm(x, normalized, arguments);
  }
}
