package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.Upsample} and the two classes derived from it. */
public final class Upsample extends Module {
  /** The class {@code nn.Upsample}. */
  public static final ModuleType TYPE = ModuleType.nn("upsampling", "Upsample");

  private final InterpolationArguments arguments;

  private Upsample(ModuleType type, InterpolationArguments arguments) {
    super(type);
    this.arguments = arguments;
  }

  /** {@code nn.Upsample(scale_factor=..., mode=...)} or {@code nn.Upsample(size=..., mode=...)}. */
  public static Upsample upsample(InterpolationArguments arguments) {
    return new Upsample(TYPE, arguments);
  }

  /** {@code nn.UpsamplingBilinear2d(scale_factor)}. */
  public static Upsample bilinear2d(double scale) {
    return new Upsample(
        TYPE.subclass("torch.nn.modules.upsampling.UpsamplingBilinear2d"),
        InterpolationArguments.by(Interpolation.BILINEAR, scale));
  }

  /** {@code nn.UpsamplingNearest2d(scale_factor)}. */
  public static Upsample nearest2d(double scale) {
    return new Upsample(
        TYPE.subclass("torch.nn.modules.upsampling.UpsamplingNearest2d"),
        InterpolationArguments.by(Interpolation.NEAREST, scale));
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    return arguments.text();
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.interpolate(x, arguments);
  }

  /** The hyperparameters. */
  public InterpolationArguments hyperparameters() {
    return arguments;
  }
}
