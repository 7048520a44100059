package org.whichflops.format.pt2;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.F;

/**
 * {@code conv1d} to {@code conv3d}, {@code conv_transpose1d} to {@code 3d}, {@code convolution}.
 */
final class Convolutions {
  private Convolutions() {}

  static Step convolution(NodeReader node) {
    boolean transposed =
        node.node().operator().startsWith("conv_transpose") || node.flag("transposed", false);
    Shape weight = node.shape(node.tensor("weight"));
    if (weight.rank() < 3 || weight.rank() > 5) {
      throw node.problem("a convolution's weight has 3 to 5 dimensions, not " + weight);
    }
    NodeReader.Made<ConvolutionArguments> arguments =
        node.arguments(symbols -> arguments(node, weight, transposed, symbols));
    int x = node.slot("input");
    int w = node.slot("weight");
    int b = node.optionalSlot("bias");
    boolean named = node.text("padding") != null;
    return FunctionStep.of(
        arguments,
        node.output(),
        (run, a) ->
            named
                ? F.convWithNamedPadding(run.tensor(x), run.weight(w), run.optionalWeight(b), a)
                : F.conv(run.tensor(x), run.weight(w), run.optionalWeight(b), a));
  }

  private static ConvolutionArguments arguments(
      NodeReader node, Shape weight, boolean transposed, long[] symbols) {
    int groups = node.small("groups", 1);
    int dims = weight.rank() - 2;
    int first = Math.toIntExact(weight.size(0));
    int second = Math.toIntExact(Math.multiplyExact(weight.size(1), (long) groups));
    int[] kernel = new int[dims];
    for (int i = 0; i < dims; i++) {
      kernel[i] = Math.toIntExact(weight.size(i + 2));
    }
    return new ConvolutionArguments(
        dims,
        transposed ? first : second,
        transposed ? second : first,
        Extents.of(kernel),
        node.extents("stride", Extents.of(1), symbols),
        padding(node, symbols),
        transposed ? node.extents("output_padding", Extents.of(0), symbols) : Extents.of(0),
        node.extents("dilation", Extents.of(1), symbols),
        groups,
        node.has("bias"),
        transposed);
  }

  private static @Nullable Extents padding(NodeReader node, long[] symbols) {
    String word = node.text("padding");
    if (word == null) {
      return node.extents("padding", Extents.of(0), symbols);
    }
    return word.equals("same") ? null : Extents.of(0);
  }

  /** {@code torchvision.deform_conv2d}: its sizes come one by one, and all are written. */
  static Step deformable(NodeReader node) {
    Shape weight = node.shape(node.tensor("weight"));
    if (weight.rank() != 4) {
      throw node.problem("a deformable convolution's weight has 4 dimensions, not " + weight);
    }
    int groups = node.small("groups", 1);
    boolean masked = node.flag("use_mask", true);
    NodeReader.Made<ConvolutionArguments> arguments =
        node.arguments(
            symbols ->
                new ConvolutionArguments(
                    2,
                    Math.toIntExact(weight.size(1) * groups),
                    Math.toIntExact(weight.size(0)),
                    Extents.of((int) weight.size(2), (int) weight.size(3)),
                    pair(node, "stride"),
                    pair(node, "pad"),
                    Extents.of(0),
                    pair(node, "dilation"),
                    groups,
                    node.has("bias"),
                    false));
    int x = node.slot("input");
    int w = node.slot("weight");
    int b = node.optionalSlot("bias");
    return FunctionStep.of(
        arguments,
        node.output(),
        (run, a) -> F.deformConv2d(run.tensor(x), run.weight(w), run.optionalWeight(b), a, masked));
  }

  private static Extents pair(NodeReader node, String name) {
    return Extents.of(node.small(name + "_h", 1), node.small(name + "_w", 1));
  }
}
