package org.whichflops.engine.nn;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Arguments;
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

  private static final Double MOMENTUM = 0.1; // one object for all

  private final int channels;
  private final int dims;
  private final boolean affine;
  private final boolean tracked;
  private final double eps;
  private final @Nullable Double momentum;
  private final NormalizationArguments arguments;

  private BatchNorm(ModuleType type, int dims, int channels, boolean affine, boolean tracked) {
    this(type, dims, channels, affine, tracked, 1e-5, MOMENTUM);
  }

  private BatchNorm(
      ModuleType type,
      int dims,
      int channels,
      boolean affine,
      boolean tracked,
      double eps,
      @Nullable Double momentum) {
    super(type);
    this.eps = eps;
    this.momentum = momentum;
    this.channels = channels;
    this.dims = dims;
    this.affine = affine;
    this.tracked = tracked;
    this.arguments =
        new NormalizationArguments(
            affine, affine, affine ? 1 : 0, tracked ? 0 : NormalizationArguments.CHANNEL);
  }

  @Override
  protected void makeParameters() {
    if (affine) {
      parameter("weight", channels);
      parameter("bias", channels);
    }
  }

  @Override
  protected void makeBuffers() {
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
    return new BatchNorm(type(), dims, channels, false, tracked, eps, momentum);
  }

  /** The same with {@code track_running_stats=False}. */
  public BatchNorm untracked() {
    return new BatchNorm(type(), dims, channels, affine, false, eps, momentum);
  }

  /** The same as an instance of another class. */
  public BatchNorm as(ModuleType type) {
    return new BatchNorm(type, dims, channels, affine, tracked, eps, momentum);
  }

  /** The same with another {@code eps}; 1e-5 unless said. */
  public BatchNorm eps(double eps) {
    return new BatchNorm(type(), dims, channels, affine, tracked, eps, momentum);
  }

  /** The same with another {@code momentum}; 0.1 unless said, null for a cumulative average. */
  public BatchNorm momentum(@Nullable Double momentum) {
    return new BatchNorm(type(), dims, channels, affine, tracked, eps, momentum);
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    return "%d, eps=%s, momentum=%s, affine=%s, track_running_stats=%s"
        .formatted(
            channels,
            PythonFloat.repr(eps),
            momentum == null ? "None" : PythonFloat.repr(momentum),
            affine ? "True" : "False",
            tracked ? "True" : "False");
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
