package org.whichflops.zoo.ops;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * {@code torchvision.ops.misc.FrozenBatchNorm2d}: a batch norm of buffers only, written out in
 * tensor operations.
 */
public final class FrozenBatchNorm2d extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.ops.misc.FrozenBatchNorm2d");

  private final Parameter weight;
  private final Parameter bias;
  private final Parameter runningMean;
  private final Parameter runningVar;

  /** Over so many channels. */
  public FrozenBatchNorm2d(int channels) {
    super(TYPE);
    weight = buffer("weight", channels);
    bias = buffer("bias", channels);
    runningMean = buffer("running_mean", channels);
    runningVar = buffer("running_var", channels);
  }

  @Override
  public String ownRepr() {
    return "FrozenBatchNorm2d(" + weight.numel() + ", eps=1e-05)";
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor w = weight.on(x).reshape(1, -1, 1, 1);
    Tensor b = bias.on(x).reshape(1, -1, 1, 1);
    Tensor variance = runningVar.on(x).reshape(1, -1, 1, 1);
    Tensor mean = runningMean.on(x).reshape(1, -1, 1, 1);
    Tensor scale = w.times(variance.plus(1e-5).rsqrt());
    Tensor shift = b.minus(mean.times(scale));
    return x.times(scale).plus(shift);
  }
}
