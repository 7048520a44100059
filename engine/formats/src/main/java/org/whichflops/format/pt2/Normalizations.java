package org.whichflops.format.pt2;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Tensor;

/** Normalizations, each from any of the operators that versions of torch export it as. */
final class Normalizations {
  private Normalizations() {}

  /** Arguments that a GroupNorm has beside every normalization's. */
  private record GroupArguments(int groups, NormalizationArguments all) implements Arguments {
    @Override
    public long attribute(Attribute attribute, Call call) {
      return attribute == Attribute.GROUPS ? groups : all.attribute(attribute, call);
    }
  }

  private static Step step(
      NodeReader node, Arguments arguments, FunctionStep.Single<Arguments> body) {
    return FunctionStep.of(
        symbols -> arguments,
        List.of(node.outputs()),
        (run, a) -> new Tensor[] {body.call(run, a)});
  }

  /** {@code batch_norm} in evaluation; with statistics of the batch where it keeps none. */
  static Step batch(NodeReader node) {
    boolean affine = node.has("weight");
    boolean tracked = node.has("running_mean");
    NormalizationArguments arguments =
        new NormalizationArguments(
            affine, affine, affine ? 1 : 0, tracked ? 0 : NormalizationArguments.CHANNEL);
    String sized = tracked ? node.optionalTensor("running_mean") : node.optionalTensor("weight");
    long channels = sized == null ? -1 : node.shape(sized).numel();
    int x = node.slot("input");
    return step(
        node,
        arguments,
        (run, a) -> {
          Tensor in = run.tensor(x);
          return F.batchNorm(in, channels < 0 ? in.size(1) : channels, arguments);
        });
  }

  /** {@code instance_norm}. */
  static Step instance(NodeReader node, int x, boolean affine, Run.Output output) {
    NormalizationArguments arguments =
        new NormalizationArguments(affine, affine, affine ? 1 : 0, 0);
    boolean tracked = !node.flag("use_input_stats", true);
    return FunctionStep.of(
        symbols -> arguments,
        output,
        (run, a) -> F.instanceNorm(run.tensor(x), arguments, tracked));
  }

  /** {@code layer_norm} and {@code native_layer_norm}. */
  static Step layer(NodeReader node) {
    Shape normalized = normalized(node);
    NormalizationArguments arguments =
        new NormalizationArguments(node.has("weight"), node.has("bias"), -1, normalized.numel());
    int x = node.slot("input");
    return step(node, arguments, (run, a) -> F.layerNorm(run.tensor(x), normalized, arguments));
  }

  /** {@code rms_norm}. */
  static Step rootMeanSquare(NodeReader node) {
    Shape normalized = normalized(node);
    NormalizationArguments arguments =
        new NormalizationArguments(node.has("weight"), false, -1, normalized.numel());
    int x = node.slot("input");
    return step(node, arguments, (run, a) -> F.rmsNorm(run.tensor(x), normalized, arguments));
  }

  /** {@code F.local_response_norm}, by the pooling over channels in it; null where it has none. */
  static @Nullable Step localResponse(NodeReader mean, int x, Run.Output output) {
    List<SizeExpr> kernel = mean.sizes("kernel_size");
    Long size = kernel.isEmpty() ? null : kernel.get(0).constant();
    if (size == null || size < 1 || size > Integer.MAX_VALUE) {
      return null;
    }
    int window = size.intValue();
    return FunctionStep.of(output, (run, a) -> F.localResponseNorm(run.tensor(x), window));
  }

  private static Shape normalized(NodeReader node) {
    long[] sizes = new long[node.sizes("normalized_shape").size()];
    for (int i = 0; i < sizes.length; i++) {
      @Nullable Long size = node.sizes("normalized_shape").get(i).constant();
      if (size == null || size < 1) {
        throw node.problem("'normalized_shape' is " + size);
      }
      sizes[i] = size;
    }
    return Shape.of(sizes);
  }

  /** {@code group_norm} and {@code native_group_norm}. */
  static Step group(NodeReader node) {
    int groups = node.small("num_groups", node.small("group", 0));
    if (groups < 1) {
      throw node.problem("there is no number of groups");
    }
    boolean affine = node.has("weight");
    NormalizationArguments arguments =
        new NormalizationArguments(affine, affine, affine ? 1 : 0, -groups);
    int x = node.slot("input");
    return step(
        node,
        new GroupArguments(groups, arguments),
        (run, a) -> F.groupNorm(run.tensor(x), groups, arguments));
  }
}
