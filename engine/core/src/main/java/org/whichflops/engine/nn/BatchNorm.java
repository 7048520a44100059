package org.whichflops.engine.nn;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.BatchNorm1d} to {@code 3d}, and {@code nn.SyncBatchNorm}. */
public final class BatchNorm extends Module {
  private static final ModuleType[] TYPES = {
    ModuleType.nn("batchnorm", "BatchNorm1d"),
    ModuleType.nn("batchnorm", "BatchNorm2d"),
    ModuleType.nn("batchnorm", "BatchNorm3d"),
  };

  private final int channels;
  private final int dims;
  private final boolean affine;
  private final boolean tracked;
  private final NormalizationArguments arguments;

  private BatchNorm(ModuleType type, int dims, int channels, boolean affine, boolean tracked) {
    super(type);
    this.channels = channels;
    this.dims = dims;
    this.affine = affine;
    this.tracked = tracked;
    this.arguments =
        new NormalizationArguments(
            affine, affine, affine ? 1 : 0, tracked ? 0 : NormalizationArguments.CHANNEL);
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

  /** {@code nn.BatchNorm1d(channels)}. */
  public static BatchNorm batchNorm1d(int channels) {
    return new BatchNorm(TYPES[0], 1, channels, true, true);
  }

  /** {@code nn.BatchNorm2d(channels)}. */
  public static BatchNorm batchNorm2d(int channels) {
    return new BatchNorm(TYPES[1], 2, channels, true, true);
  }

  /** {@code nn.BatchNorm3d(channels)}. */
  public static BatchNorm batchNorm3d(int channels) {
    return new BatchNorm(TYPES[2], 3, channels, true, true);
  }

  /** {@code nn.SyncBatchNorm(channels)}. */
  public static BatchNorm syncBatchNorm(int channels) {
    return new BatchNorm(ModuleType.nn("batchnorm", "SyncBatchNorm"), 0, channels, true, true);
  }

  /** The same without a learnt weight and bias. */
  public BatchNorm notAffine() {
    return new BatchNorm(type(), dims, channels, false, tracked);
  }

  /** The same with {@code track_running_stats=False}. */
  public BatchNorm untracked() {
    return new BatchNorm(type(), dims, channels, affine, false);
  }

  /** The same as an instance of another class. */
  public BatchNorm as(ModuleType type) {
    return new BatchNorm(type, dims, channels, affine, tracked);
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return arguments.attribute(attribute, call);
  }

  @Override
  protected Tensor forward(Tensor x) {
    boolean fits =
        switch (dims) {
          case 0 -> x.rank() >= 2;
          case 1 -> x.rank() == 2 || x.rank() == 3;
          default -> x.rank() == dims + 2;
        };
    if (!fits) {
      throw new ShapeException(
          "%s expects %s dimensions but its input is %s"
              .formatted(type(), dims == 1 ? "2 or 3" : dims + 2, x));
    }
    return F.batchNorm(x, channels, arguments);
  }

  /** The number of channels it is made for. */
  public int channels() {
    return channels;
  }
}
