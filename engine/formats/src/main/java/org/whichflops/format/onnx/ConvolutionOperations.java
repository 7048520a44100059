package org.whichflops.format.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Tensor;

/** Convolutions, plain, transposed, deformable and quantised. */
final class ConvolutionOperations {
  private static final int ABSENT = -1;

  private ConvolutionOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "Conv" -> node -> convolution(node, 1, 2, node.input(0).type());
      case "ConvInteger" -> node -> convolution(node, 1, ABSENT, ElementType.INT32);
      case "QLinearConv" -> node -> convolution(node, 3, 8, node.input(7).type());
      case "ConvTranspose" -> ConvolutionOperations::transposed;
      case "DeformConv" -> ConvolutionOperations::deformable;
      default -> null;
    };
  }

  private static void convolution(NodeRun node, int weight, int bias, ElementType type) {
    Value x = node.input(0);
    Value w = node.input(weight);
    Window window = Window.of(node, kernel(node, w), x);
    boolean pad = !window.symmetric();
    boolean biased = bias != ABSENT && node.has(bias);
    ConvolutionArguments arguments =
        arguments(node, w, window, window.padding(pad), new int[window.dims], biased, false);
    Tensor in = pad ? window.padded(live(node, x)) : live(node, x);
    Tensor y = F.conv(in, node.tensor(weight), biased ? node.tensor(bias) : null, arguments);
    node.output(Value.live(type, y));
  }

  /** Constants are convolved nowhere but in tests; their result is taken as computed. */
  private static Tensor live(NodeRun node, Value x) {
    return x.live() ? x.tensor(node.pass()) : Observed.tensor(node.pass(), Shape.of(x.sizes()));
  }

  private static int[] kernel(NodeRun node, Value w) {
    int[] kernel = new int[Math.max(0, w.rank() - 2)];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = NodeRun.small("a kernel size", w.size(i + 2));
    }
    long[] said = node.integers("kernel_shape");
    long[] sizes = w.sizes();
    if (said != null
        && !Arrays.equals(
            said, Arrays.copyOfRange(sizes, Math.min(2, sizes.length), sizes.length))) {
      throw new ShapeException(
          "kernel_shape is %s but its weight is %s".formatted(Arrays.toString(said), w));
    }
    return kernel;
  }

  private static ConvolutionArguments arguments(
      NodeRun node,
      Value w,
      Window window,
      @Nullable Extents padding,
      int[] outputPadding,
      boolean biased,
      boolean transposed) {
    int groups = NodeRun.small("group", node.integer("group", 1));
    int first = NodeRun.small("channels", w.size(0));
    int second = NodeRun.small("channels", Math.multiplyExact(w.size(1), (long) groups));
    return new ConvolutionArguments(
        window.dims,
        transposed ? first : second,
        transposed ? second : first,
        Extents.of(window.kernel),
        Extents.of(window.strides),
        padding,
        Extents.of(outputPadding),
        Extents.of(window.dilations),
        groups,
        biased,
        transposed);
  }

  /** Pads crop the output; where they differ, a slice does what is more than alike. */
  private static void transposed(NodeRun node) {
    Value x = node.input(0);
    Value w = node.input(1);
    Window window = Window.of(node, kernel(node, w), x);
    int[] outputPadding = node.extents("output_padding", window.dims, 0);
    long[] asked = node.integers("output_shape");
    if (asked == null && node.text("auto_pad", "NOTSET").startsWith("SAME")) {
      asked = new long[window.dims];
      for (int i = 0; i < asked.length; i++) {
        asked[i] = Math.multiplyExact(x.size(i + 2), (long) window.strides[i]);
      }
    }
    if (asked != null && asked.length >= window.dims) {
      cropTo(node, window, outputPadding, asked, x);
    }
    int[] alike = new int[window.dims];
    for (int i = 0; i < window.dims; i++) {
      alike[i] = Math.max(0, Math.min(window.before[i], window.after[i]));
    }
    boolean biased = node.has(2);
    ConvolutionArguments arguments =
        arguments(node, w, window, Extents.of(alike), outputPadding, biased, true);
    Tensor y = F.conv(live(node, x), node.tensor(1), biased ? node.tensor(2) : null, arguments);
    if (!window.symmetric()) {
      long[] sizes = y.shape().sizes();
      for (int i = 0; i < window.dims; i++) {
        sizes[i + 2] -= window.before[i] + window.after[i] - 2L * alike[i];
      }
      y =
          node.call(
              Move.SLICE.function(),
              Move.SLICE.operator(),
              org.whichflops.engine.tensor.Arguments.NONE,
              new Tensor[] {y},
              sizes);
    }
    node.output(y);
  }

  /** The pads that leave an output of the sizes asked for. */
  private static void cropTo(
      NodeRun node, Window window, int[] outputPadding, long[] asked, Value x) {
    boolean lower = node.text("auto_pad", "NOTSET").equals("SAME_UPPER");
    for (int i = 0; i < window.dims; i++) {
      long full =
          window.strides[i] * (x.size(i + 2) - 1)
              + outputPadding[i]
              + (long) window.dilations[i] * (window.kernel[i] - 1)
              + 1;
      long wanted = asked[asked.length - window.dims + i];
      int total = NodeRun.small("padding", Math.max(0, full - wanted));
      outputPadding[i] += NodeRun.small("output_padding", Math.max(0, wanted - full));
      window.before[i] = lower ? total / 2 : total - total / 2;
      window.after[i] = total - window.before[i];
    }
  }

  private static void deformable(NodeRun node) {
    Value x = node.input(0);
    Value w = node.input(1);
    Window window = Window.of(node, kernel(node, w), x);
    if (window.dims != 2) {
      throw new ShapeException("deformable convolutions have 2 dimensions");
    }
    boolean pad = !window.symmetric();
    boolean biased = node.has(3);
    Tensor in = pad ? window.padded(live(node, x)) : live(node, x);
    node.output(
        F.deformConv2d(
            in,
            node.tensor(1),
            biased ? node.tensor(3) : null,
            arguments(node, w, window, window.padding(pad), new int[2], biased, false),
            node.has(4)));
  }
}
