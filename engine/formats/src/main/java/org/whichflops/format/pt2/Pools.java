package org.whichflops.format.pt2;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;

/** Pooling and interpolation. */
final class Pools {
  private Pools() {}

  /** The dimensions that an operator or function has in its name: 2 for {@code max_pool2d}. */
  static int dims(String name) {
    for (int i = 0; i + 1 < name.length(); i++) {
      if (name.charAt(i + 1) == 'd' && name.charAt(i) >= '1' && name.charAt(i) <= '3') {
        return name.charAt(i) - '0';
      }
    }
    return 0;
  }

  /** {@code max_pool1d} to {@code 3d} and {@code avg_pool1d} to {@code 3d}. */
  static Step sliding(NodeReader node) {
    return sliding(node, dims(node.node().operator()), node.slot("self"), node.output());
  }

  /** The same, where a pooling over fewer dimensions was exported as one over more. */
  static Step sliding(NodeReader node, int dims, int x, Run.Output output) {
    NodeReader.Made<PoolingArguments> arguments =
        node.arguments(symbols -> sliding(node, dims, symbols));
    boolean max = node.node().operator().startsWith("max");
    return FunctionStep.of(
        arguments,
        List.of(node.outputs().length > 1 ? withIndices(node, output) : new Run.Output[] {output}),
        (run, a) -> {
          Tensor in = run.tensor(x);
          return new Tensor[] {max ? F.maxPool(in, a) : F.avgPool(in, a)};
        });
  }

  /** {@code F.lp_pool1d} to {@code 3d}, by the pooling of powers in it. */
  static Step powers(NodeReader mean, int dims, int x, Run.Output output) {
    NodeReader.Made<PoolingArguments> arguments =
        mean.arguments(symbols -> sliding(mean, dims, symbols));
    return FunctionStep.of(arguments, output, (run, a) -> F.lpPool(run.tensor(x), a));
  }

  private static Run.Output[] withIndices(NodeReader node, Run.Output output) {
    Run.Output[] outputs = node.outputs();
    outputs[0] = output;
    return outputs;
  }

  private static PoolingArguments sliding(NodeReader node, int dims, long[] symbols) {
    Extents kernel = asGiven(last(dims, node.extents("kernel_size", Extents.of(1), symbols)));
    return new PoolingArguments(
        dims,
        kernel,
        last(dims, node.extents("stride", kernel, symbols)),
        last(dims, node.extents("padding", Extents.of(0), symbols)),
        last(dims, node.extents("dilation", Extents.of(1), symbols)),
        node.flag("ceil_mode", false));
  }

  /** A file has (2, 2) for both 2 and (2, 2): most people write one number. */
  private static Extents asGiven(Extents kernel) {
    for (int i = 1; i < kernel.count(); i++) {
      if (kernel.get(i) != kernel.get(0)) {
        return kernel;
      }
    }
    return Extents.of(kernel.get(0));
  }

  private static Extents last(int dims, Extents extents) {
    if (extents.count() <= dims) {
      return extents;
    }
    int[] values = new int[dims];
    for (int i = 0; i < dims; i++) {
      values[i] = extents.get(extents.count() - dims + i);
    }
    return Extents.of(values);
  }

  /** {@code adaptive_avg_pool1d} to {@code 3d} and {@code adaptive_max_pool1d} to {@code 3d}. */
  static Step adaptive(NodeReader node) {
    int dims = dims(node.node().operator());
    NodeReader.Made<AdaptivePoolingArguments> arguments =
        node.arguments(
            symbols ->
                new AdaptivePoolingArguments(
                    dims, node.extents("output_size", Extents.of(1), symbols)));
    boolean max = node.node().operator().contains("max");
    int x = node.slot("self");
    return FunctionStep.of(
        arguments,
        List.of(node.outputs()),
        (run, a) ->
            new Tensor[] {
              max ? F.adaptiveMaxPool(run.tensor(x), a) : F.adaptiveAvgPool(run.tensor(x), a)
            });
  }

  /** {@code upsample_nearest2d.vec} and its like. */
  static Step interpolation(NodeReader node, String function) {
    Interpolation kind = kind(node.node().operator());
    NodeReader.Made<InterpolationArguments> arguments =
        node.arguments(symbols -> interpolation(node, kind, symbols));
    int x = node.slot(node.has("input") ? "input" : "self");
    boolean older = function.equals("F.upsample");
    return FunctionStep.of(
        arguments,
        node.output(),
        (run, a) -> older ? F.upsample(run.tensor(x), a) : F.interpolate(run.tensor(x), a));
  }

  /** {@code F.interpolate(x, mode='area')}, which is exported as the pooling that it runs. */
  static Step area(int x, Run.Output output) {
    List<SizeExpr> sizes = output.value().sizes();
    NodeReader.Made<InterpolationArguments> arguments =
        symbols ->
            InterpolationArguments.toSize(
                Interpolation.AREA,
                sizes.stream().skip(2).mapToLong(size -> size.at(symbols)).toArray());
    return FunctionStep.of(arguments, output, (run, a) -> F.interpolate(run.tensor(x), a));
  }

  private static InterpolationArguments interpolation(
      NodeReader node, Interpolation kind, long[] symbols) {
    double[] scales = node.floats("scale_factors");
    if (scales.length > 0) {
      boolean one = Arrays.stream(scales).allMatch(scale -> scale == scales[0]);
      return InterpolationArguments.by(kind, one ? new double[] {scales[0]} : scales);
    }
    long[] sizes = node.sizes("output_size").stream().mapToLong(size -> size.at(symbols)).toArray();
    return InterpolationArguments.toSize(kind, sizes);
  }

  private static Interpolation kind(String operator) {
    String name = operator.startsWith("_") ? operator.substring(1) : operator;
    String mode = name.substring("upsample_".length());
    if (mode.startsWith("nearest_exact")) {
      return Interpolation.NEAREST_EXACT;
    }
    return Interpolation.valueOf(mode.substring(0, mode.length() - 2).toUpperCase(Locale.ROOT));
  }
}
