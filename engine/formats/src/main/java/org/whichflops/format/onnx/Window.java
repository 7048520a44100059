package org.whichflops.format.onnx;

import java.util.Arrays;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/**
 * A window that slides over the last dimensions of an input: kernel, strides, dilations, and pads
 * of either side, which ONNX gives apart or asks to be worked out ({@code auto_pad}).
 */
final class Window {
  final int dims;
  final int[] kernel;
  final int[] strides;
  final int[] dilations;
  final int[] before;
  final int[] after;

  private Window(NodeRun node, int[] kernel) {
    this.dims = kernel.length;
    if (dims < 1 || dims > 3) {
      throw new ShapeException(
          "windows have 1 to 3 dimensions but this one has %d".formatted(dims));
    }
    this.kernel = kernel;
    this.strides = node.extents("strides", dims, 1);
    this.dilations = node.extents("dilations", dims, 1);
    int[] pads = node.extents("pads", 2 * dims, 0);
    this.before = Arrays.copyOf(pads, dims);
    this.after = Arrays.copyOfRange(pads, dims, 2 * dims);
  }

  /** The window of a node over an input of the given sizes. */
  static Window of(NodeRun node, int[] kernel, Value x) {
    Window window = new Window(node, kernel);
    if (x.rank() != window.dims + 2) {
      throw new ShapeException(
          "a window of %s slides over %d dimensions but its input is %s"
              .formatted(Arrays.toString(kernel), window.dims + 2, x));
    }
    for (int i = 0; i < window.dims; i++) {
      if (window.strides[i] < 1 || window.dilations[i] < 1 || kernel[i] < 1) {
        throw new ShapeException("kernel_shape, strides and dilations are 1 or more");
      }
    }
    String auto = node.text("auto_pad", "NOTSET");
    if (auto.equals("VALID")) {
      Arrays.fill(window.before, 0);
      Arrays.fill(window.after, 0);
    } else if (auto.startsWith("SAME")) {
      window.same(x, auto.equals("SAME_LOWER"));
    }
    return window;
  }

  /** As many outputs as steps fit into the input; an odd pad goes behind, or before. */
  private void same(Value x, boolean lower) {
    for (int i = 0; i < dims; i++) {
      long in = x.size(i + 2);
      long out = (in + strides[i] - 1) / strides[i];
      long reach = (out - 1) * strides[i] + (long) dilations[i] * (kernel[i] - 1) + 1;
      int total = NodeRun.small("padding", Math.max(0, reach - in));
      before[i] = lower ? total - total / 2 : total / 2;
      after[i] = total - before[i];
    }
  }

  /** Whether both sides are padded alike, which is all that PyTorch's own functions take. */
  boolean symmetric() {
    return Arrays.equals(before, after);
  }

  /** The input with its pads, where the function that follows cannot pad by itself. */
  Tensor padded(Tensor x) {
    long[] pads = new long[2 * dims];
    for (int i = 0; i < dims; i++) {
      pads[2 * i] = before[dims - 1 - i];
      pads[2 * i + 1] = after[dims - 1 - i];
    }
    return F.pad(x, pads);
  }

  Extents padding(boolean paddedBefore) {
    return paddedBefore ? Extents.of(new int[dims]) : Extents.of(before);
  }
}
