package org.whichflops.engine.nn;

import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.InstanceNorm1d} to {@code 3d}, not affine unless said. */
public final class InstanceNorm extends Module {
  private final int dims;
  private final int channels;
  private final boolean tracked;
  private final NormalizationArguments arguments;

  private InstanceNorm(int dims, int channels, boolean affine, boolean tracked) {
    super(ModuleType.nn("instancenorm", "InstanceNorm" + dims + "d"));
    this.dims = dims;
    this.channels = channels;
    this.tracked = tracked;
    this.arguments = new NormalizationArguments(affine, affine, affine ? 1 : 0, 0);
    if (affine) {
      parameter("weight", channels);
      parameter("bias", channels);
    }
    if (tracked) {
      buffer("running_mean", channels);
      buffer("running_var", channels);
      buffer("num_batches_tracked");
    }
  }

  /** {@code nn.InstanceNorm1d(channels)} to {@code 3d}. */
  public static InstanceNorm instanceNorm(int dims, int channels) {
    return new InstanceNorm(dims, channels, false, false);
  }

  /** The same with {@code affine=True}. */
  public InstanceNorm affine() {
    return new InstanceNorm(dims, channels, true, tracked);
  }

  /** The same with {@code track_running_stats=True}: in evaluation it computes no statistics. */
  public InstanceNorm tracked() {
    return new InstanceNorm(dims, channels, arguments.scaled(), true);
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    return "%d, eps=1e-05, momentum=0.1, affine=%s, track_running_stats=%s"
        .formatted(channels, arguments.scaled() ? "True" : "False", tracked ? "True" : "False");
  }

  @Override
  protected Tensor forward(Tensor x) {
    boolean batched = x.rank() == dims + 2;
    if ((!batched && x.rank() != dims + 1)
        || (arguments.scaled() && x.size(batched ? 1 : 0) != channels)) {
      throw new ShapeException(
          "%s expects %d or %d dimensions with %d channels but its input is %s"
              .formatted(type(), dims + 1, dims + 2, channels, x));
    }
    return batched
        ? F.instanceNorm(x, arguments, tracked)
        : F.instanceNorm(x.unsqueeze(0), arguments, tracked).squeeze(0);
  }

  /** The number of channels it is made for. */
  public int channels() {
    return channels;
  }
}
