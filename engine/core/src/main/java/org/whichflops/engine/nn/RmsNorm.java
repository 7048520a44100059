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
    this(Shape.of(normalized), true);
  }

  private RmsNorm(Shape normalized, boolean scaled) {
    super(ModuleType.nn("normalization", "RMSNorm"));
    this.normalized = normalized;
    this.arguments = new NormalizationArguments(scaled, false, -1, normalized.numel());
    if (scaled) {
      parameter("weight", normalized.sizes());
    }
  }

  /** The same with {@code elementwise_affine=False}. */
  public RmsNorm notAffine() {
    return new RmsNorm(normalized, false);
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    return "%s, eps=None, elementwise_affine=%s"
        .formatted(PythonTuple.of(normalized.sizes()), arguments.scaled() ? "True" : "False");
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.rmsNorm(x, normalized, arguments);
  }

  /** The sizes that are normalized. */
  public Shape normalized() {
    return normalized;
  }
}
