package org.whichflops.engine.nn;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;

/**
 * {@code nn.MaxPool1d} to {@code 3d}, {@code nn.AvgPool1d} to {@code 3d}, {@code nn.LPPool1d}...
 */
public final class Pool extends Module {
  private enum Kind {
    MAX("MaxPool"),
    AVERAGE("AvgPool"),
    POWER("LPPool");

    private final String name;

    Kind(String name) {
      this.name = name;
    }
  }

  private final Kind kind;
  private final PoolingArguments arguments;

  private Pool(Kind kind, PoolingArguments arguments) {
    super(ModuleType.nn("pooling", kind.name + arguments.dims() + "d"));
    this.kind = kind;
    this.arguments = arguments;
  }

  private static Pool of(Kind kind, int dims, int... kernel) {
    return new Pool(kind, PoolingArguments.of(dims, Extents.of(kernel), Extents.of(kernel)));
  }

  /** {@code nn.MaxPool1d(kernel)} to {@code 3d}; the stride is the kernel unless said. */
  public static Pool maxPool(int dims, int... kernel) {
    return of(Kind.MAX, dims, kernel);
  }

  /** {@code nn.MaxPool2d(kernel)}. */
  public static Pool maxPool2d(int... kernel) {
    return of(Kind.MAX, 2, kernel);
  }

  /** {@code nn.AvgPool1d(kernel)} to {@code 3d}; the stride is the kernel unless said. */
  public static Pool avgPool(int dims, int... kernel) {
    return of(Kind.AVERAGE, dims, kernel);
  }

  /** {@code nn.AvgPool2d(kernel)}. */
  public static Pool avgPool2d(int... kernel) {
    return of(Kind.AVERAGE, 2, kernel);
  }

  /** {@code nn.LPPool1d(p, kernel)} to {@code 3d}. */
  public static Pool lpPool(int dims, int... kernel) {
    return of(Kind.POWER, dims, kernel);
  }

  /** With strides; one, or one a dimension. */
  public Pool stride(int... stride) {
    return with(
        Extents.of(stride), arguments.padding(), arguments.dilation(), arguments.ceilMode());
  }

  /** With positions added on either side; one, or one a dimension. */
  public Pool padding(int... padding) {
    return with(
        arguments.stride(), Extents.of(padding), arguments.dilation(), arguments.ceilMode());
  }

  /** With distances between taps; one, or one a dimension. */
  public Pool dilation(int... dilation) {
    return with(
        arguments.stride(), arguments.padding(), Extents.of(dilation), arguments.ceilMode());
  }

  /** With {@code ceil_mode=True}: a last window may hang over the edge. */
  public Pool ceilMode() {
    return ceilMode(true);
  }

  /** With or without {@code ceil_mode}. */
  public Pool ceilMode(boolean ceilMode) {
    return with(arguments.stride(), arguments.padding(), arguments.dilation(), ceilMode);
  }

  private Pool with(Extents stride, Extents padding, Extents dilation, boolean ceilMode) {
    return new Pool(
        kind,
        new PoolingArguments(
            arguments.dims(), arguments.kernel(), stride, padding, dilation, ceilMode));
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return arguments.attribute(attribute, call);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return switch (kind) {
      case MAX -> F.maxPool(x, arguments);
      case AVERAGE -> F.avgPool(x, arguments);
      case POWER -> F.lpPool(x, arguments);
    };
  }

  /** The hyperparameters. */
  public PoolingArguments hyperparameters() {
    return arguments;
  }
}
