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

  private static final ModuleType BILINEAR =
      TYPE.subclass("torch.nn.modules.upsampling.UpsamplingBilinear2d");
  private static final ModuleType NEAREST =
      TYPE.subclass("torch.nn.modules.upsampling.UpsamplingNearest2d");

  private final InterpolationArguments arguments;

  private Upsample(ModuleType type, InterpolationArguments arguments) {
    super(type);
    this.arguments = arguments;
  }

  /** {@code nn.Upsample(scale_factor=..., mode=...)} or {@code nn.Upsample(size=..., mode=...)}. */
  public static Upsample upsample(InterpolationArguments arguments) {
    return new Upsample(TYPE, arguments);
  }

  /** {@code nn.UpsamplingBilinear2d(scale_factor=...)}. */
  public static Upsample bilinear2d(double scale) {
    return upsampling2d(InterpolationArguments.by(Interpolation.BILINEAR, scale));
  }

  /** {@code nn.UpsamplingNearest2d(scale_factor=...)}. */
  public static Upsample nearest2d(double scale) {
    return upsampling2d(InterpolationArguments.by(Interpolation.NEAREST, scale));
  }

  /** {@code nn.UpsamplingBilinear2d} or {@code nn.UpsamplingNearest2d}, as the arguments say. */
  public static Upsample upsampling2d(InterpolationArguments arguments) {
    return switch (arguments.interpolation()) {
      case BILINEAR -> new Upsample(BILINEAR, arguments);
      case NEAREST -> new Upsample(NEAREST, arguments);
      default -> throw new IllegalArgumentException("UpsamplingNearest2d or UpsamplingBilinear2d");
    };
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
