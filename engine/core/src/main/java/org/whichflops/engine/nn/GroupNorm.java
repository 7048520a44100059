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
  private final NormalizationArguments arguments;

  /** Channels in groups, with a learnt weight and bias. */
  public GroupNorm(int groups, int channels) {
    this(TYPE, groups, channels, true);
  }

  private GroupNorm(ModuleType type, int groups, int channels, boolean affine) {
    super(type);
    if (groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(
          "groups divide the channels, but num_groups=%d, num_channels=%d"
              .formatted(groups, channels));
    }
    this.groups = groups;
    this.channels = channels;
    this.arguments = new NormalizationArguments(affine, affine, affine ? 1 : 0, -groups);
    if (affine) {
      parameter("weight", channels);
      parameter("bias", channels);
    }
  }

  /** The same without a learnt weight and bias. */
  public GroupNorm notAffine() {
    return new GroupNorm(type(), groups, channels, false);
  }

  /** The same as an instance of another class. */
  public GroupNorm as(ModuleType type) {
    return new GroupNorm(type, groups, channels, arguments.scaled());
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.GROUPS ? groups : arguments.attribute(attribute, call);
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

  /** The number of groups. */
  public int groups() {
    return groups;
  }

  /** The number of channels it is made for. */
  public int channels() {
    return channels;
  }
}
