package org.whichflops.zoo.ops;

import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Tensor;

/**
 * {@code torchvision.models.convnext.LayerNorm2d}: a layer norm over channels, which are moved to
 * the end for it and back. Its class is derived from {@code nn.LayerNorm}.
 */
public final class LayerNorm2d extends Module {
  private static final ModuleType TYPE =
      LayerNorm.TYPE.subclass("torchvision.models.convnext.LayerNorm2d");

  private final Shape normalized;
  private final NormalizationArguments arguments;

  /** Over so many channels. */
  public LayerNorm2d(int channels) {
    super(TYPE);
    normalized = Shape.of(channels);
    arguments = new NormalizationArguments(true, true, -1, channels);
    parameter("weight", channels);
    parameter("bias", channels);
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    return "(" + normalized.size(0) + ",), eps=1e-06, elementwise_affine=True";
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor last = x.permute(0, 2, 3, 1);
    return F.layerNorm(last, normalized, arguments).permute(0, 3, 1, 2);
  }
}
