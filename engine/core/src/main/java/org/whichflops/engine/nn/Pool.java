package org.whichflops.engine.nn;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.Arguments;
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
  private final Given given;
  private final PoolingArguments arguments;

  /** The arguments as they were given, one number for all dimensions or one each. */
  private record Given(
      int dims,
      Extents kernel,
      @Nullable Extents stride,
      Extents padding,
      Extents dilation,
      boolean ceilMode,
      boolean lists) {
    PoolingArguments arguments() {
      return new PoolingArguments(
          dims, kernel, stride == null ? kernel : stride, padding, dilation, ceilMode);
    }
  }

  private Pool(Kind kind, Given given) {
    super(ModuleType.nn("pooling", kind.name + given.dims + "d"));
    this.kind = kind;
    this.given = given;
    this.arguments = given.arguments();
  }

  private static Pool of(Kind kind, int dims, int... kernel) {
    return new Pool(
        kind,
        new Given(dims, Extents.of(kernel), null, Extents.of(0), Extents.of(1), false, false));
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
    return with(Extents.of(stride), given.padding, given.dilation, given.ceilMode);
  }

  /** With positions added on either side; one, or one a dimension. */
  public Pool padding(int... padding) {
    return with(given.stride, Extents.of(padding), given.dilation, given.ceilMode);
  }

  /** With distances between taps; one, or one a dimension. */
  public Pool dilation(int... dilation) {
    return with(given.stride, given.padding, Extents.of(dilation), given.ceilMode);
  }

  /** With {@code ceil_mode=True}: a last window may hang over the edge. */
  public Pool ceilMode() {
    return ceilMode(true);
  }

  /** With or without {@code ceil_mode}. */
  public Pool ceilMode(boolean ceilMode) {
    return with(given.stride, given.padding, given.dilation, ceilMode);
  }

  /** With its sizes given as Python's lists, which only {@link #extraRepr} shows. */
  public Pool givenAsLists() {
    return new Pool(
        kind,
        new Given(
            given.dims,
            given.kernel,
            given.stride,
            given.padding,
            given.dilation,
            given.ceilMode,
            true));
  }

  private Pool with(@Nullable Extents stride, Extents padding, Extents dilation, boolean ceilMode) {
    return new Pool(
        kind,
        new Given(given.dims, given.kernel, stride, padding, dilation, ceilMode, given.lists));
  }

  /** As PyTorch keeps it: as it was given, but one each in {@code nn.AvgPool1d}. */
  @Override
  public Extents kernelSize() {
    boolean spread = kind == Kind.AVERAGE && arguments.dims() == 1;
    return spread ? arguments.kernel().each() : arguments.kernel();
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    Extents stride = given.stride == null ? given.kernel : given.stride;
    String ceilMode = given.ceilMode ? "True" : "False";
    return switch (kind) {
      case MAX ->
          "kernel_size=%s, stride=%s, padding=%s, dilation=%s, ceil_mode=%s"
              .formatted(
                  shown(given.kernel),
                  shown(stride),
                  shown(given.padding),
                  shown(given.dilation),
                  ceilMode);
      case AVERAGE ->
          "kernel_size=%s, stride=%s, padding=%s"
              .formatted(averaged(given.kernel), averaged(stride), averaged(given.padding));
      case POWER ->
          "norm_type=2, kernel_size=%s, stride=%s, ceil_mode=%s"
              .formatted(
                  shown(given.kernel),
                  given.stride == null ? "None" : shown(given.stride),
                  ceilMode);
    };
  }

  /** AvgPool1d makes tuples of what it is given, and AvgPool2d and 3d do not. */
  private String averaged(Extents extents) {
    return given.dims == 1 ? extents.toString() : shown(extents);
  }

  private String shown(Extents extents) {
    String text = extents.asGiven();
    return given.lists && extents.count() > 1
        ? "[" + text.substring(1, text.length() - 1) + "]"
        : text;
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
