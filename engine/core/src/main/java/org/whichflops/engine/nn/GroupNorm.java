package org.whichflops.engine.nn;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.GroupNorm}. */
public final class GroupNorm extends Module {
  /** The class {@code nn.GroupNorm}. */
  public static final ModuleType TYPE = ModuleType.nn("normalization", "GroupNorm");

  private final int groups;
  private final int channels;
  private final double eps;
  private final NormalizationArguments arguments;

  /** Channels in groups, with a learnt weight and bias. */
  public GroupNorm(int groups, int channels) {
    this(TYPE, groups, channels, true, 1e-5);
  }

  private GroupNorm(ModuleType type, int groups, int channels, boolean affine, double eps) {
    super(type);
    if (groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          "groups divide the channels, but num_groups=%d, num_channels=%d"
              .formatted(groups, channels));
    }
    this.groups = groups;
    this.channels = channels;
    this.eps = eps;
    this.arguments = new NormalizationArguments(affine, affine, affine ? 1 : 0, -groups);
    if (affine) {
      parameter("weight", channels);
      parameter("bias", channels);
    }
  }

  /** The same without a learnt weight and bias. */
  public GroupNorm notAffine() {
    return new GroupNorm(type(), groups, channels, false, eps);
  }

  /** The same as an instance of another class. */
  public GroupNorm as(ModuleType type) {
    return new GroupNorm(type, groups, channels, arguments.scaled(), eps);
  }

  /** The same with another {@code eps}; 1e-5 unless said. */
  public GroupNorm eps(double eps) {
    return new GroupNorm(type(), groups, channels, arguments.scaled(), eps);
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.GROUPS ? groups : arguments.attribute(attribute, call);
  }

  @Override
  public String extraRepr() {
    return "%d, %d, eps=%s, affine=%s"
        .formatted(groups, channels, PythonFloat.repr(eps), arguments.scaled() ? "True" : "False");
  }

  @Override
  protected Tensor forward(Tensor x) {
    if (arguments.scaled() && (x.rank() < 2 || x.size(1) != channels)) {
      throw new ShapeException(
          "GroupNorm expects %d channels in the second dimension but its input is %s"
              .formatted(channels, x));
    }
    return F.groupNorm(x, groups, arguments);
  }
}
