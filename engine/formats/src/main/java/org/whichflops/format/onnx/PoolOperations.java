package org.whichflops.format.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;

/** Pooling and resampling. */
final class PoolOperations {
  private static final Calls NORM = Calls.of("torch.linalg.vector_norm", "linalg_vector_norm");

  private enum Kind {
    MAX,
    AVERAGE,
    POWER
  }

  private PoolOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "MaxPool" -> node -> pool(node, Kind.MAX);
      case "AveragePool" -> node -> pool(node, Kind.AVERAGE);
      case "LpPool" -> node -> pool(node, Kind.POWER);
      case "GlobalMaxPool" -> node -> global(node, Kind.MAX);
      case "GlobalAveragePool" -> node -> global(node, Kind.AVERAGE);
      case "GlobalLpPool" -> PoolOperations::globalNorm;
      case "Resize", "Upsample" -> PoolOperations::resize;
      case "GridSample" -> PoolOperations::gridSample;
      default -> null;
    };
  }

  private static Tensor live(NodeRun node, Value x) {
    return x.live() ? x.tensor(node.pass()) : Observed.tensor(node.pass(), Shape.of(x.sizes()));
  }

  /** A file has (2, 2) for both 2 and (2, 2): most people write one number. */
  private static Extents asGiven(int[] kernel) {
    for (int size : kernel) {
      if (size != kernel[0]) {
        return Extents.of(kernel);
      }
    }
    return Extents.of(kernel[0]);
  }

  private static void pool(NodeRun node, Kind kind) {
    Value x = node.input(0);
    long[] kernel = node.integers("kernel_shape");
    if (kernel == null) {
      throw new ShapeException("it has no attribute kernel_shape");
    }
    if (kind == Kind.AVERAGE && LeafType.adaptive(node.node())) {
      // An adaptive pooling to the size that its input has.
      adaptiveToOwnSize(node, x);
      return;
    }
    Window window = Window.of(node, node.extents("kernel_shape", kernel.length, 1), x);
    boolean pad = !window.symmetric();
    for (int i = 0; i < window.dims; i++) {
      pad |= 2L * window.before[i] > window.kernel[i];
    }
    PoolingArguments arguments =
        new PoolingArguments(
            window.dims,
            asGiven(window.kernel),
            Extents.of(window.strides),
            window.padding(pad),
            Extents.of(window.dilations),
            node.integer("ceil_mode", 0) == 1);
    Tensor in = pad ? window.padded(live(node, x)) : live(node, x);
    Tensor y =
        switch (kind) {
          case MAX -> F.maxPool(in, arguments);
          case AVERAGE -> F.avgPool(in, arguments);
          case POWER -> F.lpPool(in, arguments);
        };
    node.output(y);
    if (node.wants(1)) {
      node.output(1, node.result(ElementType.INT64, y.shape().sizes()));
    }
  }

  private static void adaptiveToOwnSize(NodeRun node, Value x) {
    int dims = x.rank() - 2;
    if (dims < 1 || dims > 3) {
      throw new ShapeException("it expects 3 to 5 dimensions but its input is " + x);
    }
    // 0 keeps a size, PyTorch's None.
    AdaptivePoolingArguments arguments = new AdaptivePoolingArguments(dims, Extents.of(0));
    node.output(F.adaptiveAvgPool(live(node, x), arguments));
  }

  /** Whether a mean is what a module of the class AdaptiveAvgPool2d and its like makes of 1. */
  static boolean isAdaptive(Node node, boolean[] gone) {
    ExportedScopes scopes = node.scopes();
    if (scopes == null || scopes.classes().size() < 2) {
      return false;
    }
    String type = scopes.classes().get(scopes.classes().size() - 2);
    boolean pools = type.startsWith("torch.nn.modules.pooling.AdaptiveAvgPool");
    for (int i = 0; i < gone.length && pools; i++) {
      pools = gone[i] == i >= 2;
    }
    return pools;
  }

  /** The mean over all of an image. */
  static void globalAverage(NodeRun node) {
    global(node, Kind.AVERAGE);
  }

  private static void global(NodeRun node, Kind kind) {
    Value x = node.input(0);
    int dims = x.rank() - 2;
    if (dims < 1 || dims > 3) {
      throw new ShapeException("it expects 3 to 5 dimensions but its input is " + x);
    }
    AdaptivePoolingArguments arguments = new AdaptivePoolingArguments(dims, Extents.of(1));
    node.output(
        kind == Kind.MAX
            ? F.adaptiveMaxPool(live(node, x), arguments)
            : F.adaptiveAvgPool(live(node, x), arguments));
  }

  private static void globalNorm(NodeRun node) {
    Value x = node.input(0);
    long[] sizes = x.sizes();
    for (int i = 2; i < sizes.length; i++) {
      sizes[i] = 1;
    }
    Tensor y = Observed.tensor(node.pass(), Shape.of(sizes));
    node.output(NORM.call(node.pass(), new Tensor[] {live(node, x)}, y));
  }

  /**
   * Scales or sizes of every dimension, or from set 18 of the named axes. Scales stand in input 1
   * before set 11 and in input 2 from then on.
   */
  private static void resize(NodeRun node) {
    Value x = node.input(0);
    boolean old = node.node().is("Upsample") || node.opset() == 10;
    long[] sizes = x.sizes();
    long[] axes = node.integers("axes");
    int count = axes == null ? sizes.length : axes.length;
    double[] scales = null;
    int scalesAt = old ? 1 : 2;
    if (node.has(scalesAt) && node.input(scalesAt).numel() > 0) {
      Numbers given = node.numbers(scalesAt);
      scales = new double[given.count()];
      for (int i = 0; i < scales.length; i++) {
        scales[i] = given.real(i);
      }
    } else if (node.attribute("scales") instanceof double[] attribute) {
      scales = attribute;
    }
    long[] asked = !old && scales == null ? node.numbers(3).whole() : null;
    int given = scales != null ? scales.length : asked == null ? 0 : asked.length;
    if (given != count) {
      throw new ShapeException(
          "%d scales or sizes for %d dimensions of %s".formatted(given, count, x));
    }
    for (int i = 0; i < count; i++) {
      int dim = axes == null ? i : NodeRun.dim(axes[i], sizes.length);
      sizes[dim] =
          asked != null ? asked[i] : scales == null ? 0 : (long) Math.floor(sizes[dim] * scales[i]);
    }
    if (asked != null) {
      keepRatio(node, x, axes, asked, sizes);
    }
    record(node, x, sizes);
  }

  /** With {@code keep_aspect_ratio_policy} sizes are bounds, and all axes are scaled alike. */
  private static void keepRatio(
      NodeRun node,
      Value x,
      long @org.jspecify.annotations.Nullable [] axes,
      long[] asked,
      long[] sizes) {
    String policy = node.text("keep_aspect_ratio_policy", "stretch");
    if (policy.equals("stretch")) {
      return;
    }
    double scale = policy.equals("not_larger") ? Double.MAX_VALUE : 0;
    for (int i = 0; i < asked.length; i++) {
      int dim = axes == null ? i : NodeRun.dim(axes[i], sizes.length);
      double ratio = (double) asked[i] / x.size(dim);
      scale = policy.equals("not_larger") ? Math.min(scale, ratio) : Math.max(scale, ratio);
    }
    for (int i = 0; i < asked.length; i++) {
      int dim = axes == null ? i : NodeRun.dim(axes[i], sizes.length);
      sizes[dim] = Math.round(x.size(dim) * scale);
    }
  }

  private static void record(NodeRun node, Value x, long[] sizes) {
    int dims = sizes.length - 2;
    boolean image =
        dims >= 1 && dims <= 3 && sizes[0] == x.size(0) && sizes[1] == x.size(1) && x.computes();
    if (!image) {
      node.moved(Move.INDEX, x, sizes, null);
      return;
    }
    String mode = node.text("mode", "nearest");
    Interpolation interpolation =
        mode.equals("nearest")
            ? Interpolation.NEAREST
            : mode.equals("cubic") && dims == 2
                ? Interpolation.BICUBIC
                : dims == 1
                    ? Interpolation.LINEAR
                    : dims == 2 ? Interpolation.BILINEAR : Interpolation.TRILINEAR;
    long[] to = Arrays.copyOfRange(sizes, 2, sizes.length);
    node.output(F.interpolate(node.tensor(0), InterpolationArguments.toSize(interpolation, to)));
  }

  private static void gridSample(NodeRun node) {
    Value x = node.input(0);
    Value grid = node.input(1);
    if (grid.rank() != x.rank() || x.rank() < 3) {
      throw new ShapeException("a grid of %s does not fit %s".formatted(grid, x));
    }
    node.output(F.gridSample(live(node, x), node.tensor(1)));
  }
}
