package org.whichflops.format.keras;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/**
 * A window that slides over spatial dimensions, with Keras's padding: {@code valid}, {@code same}
 * or {@code causal}.
 */
final class Window {
  private final int[] kernel;
  private final int[] stride;
  private final int[] dilation;
  private final String padding;

  Window(int[] kernel, int[] stride, int[] dilation, String padding) {
    this.kernel = kernel;
    this.stride = stride;
    this.dilation = dilation;
    this.padding = padding;
  }

  int[] kernel() {
    return kernel;
  }

  int[] stride() {
    return stride;
  }

  int[] dilation() {
    return dilation;
  }

  /** Reads the window of a convolution or pooling. */
  static Window of(LayerSpec spec, int dims, String kernelKey) {
    int[] kernel = spec.extents(kernelKey, dims, 1, 2);
    boolean pooling = kernelKey.equals("pool_size");
    int[] stride =
        pooling && spec.config().get("strides") == null
            ? kernel
            : spec.extents("strides", dims, 1, 1);
    String padding = spec.config().text("padding", "valid");
    if (!padding.equals("valid") && !padding.equals("same") && !padding.equals("causal")) {
      throw spec.config()
          .at("padding")
          .error("'%s' is none of valid, same and causal".formatted(padding));
    }
    return new Window(kernel, stride, spec.extents("dilation_rate", dims, 1, 1), padding);
  }

  int dims() {
    return kernel.length;
  }

  /** The number of positions under the window. */
  long area() {
    long area = 1;
    for (int k : kernel) {
      area = Math.multiplyExact(area, k);
    }
    return area;
  }

  boolean dilated() {
    for (int d : dilation) {
      if (d > 1) {
        return true;
      }
    }
    return false;
  }

  /** The whole padding of one spatial dimension of the given size, smaller half first. */
  private long padding(int dim, long size) {
    long reach = (long) dilation[dim] * (kernel[dim] - 1) + 1;
    return switch (padding) {
      case "same" ->
          Math.max(0, ((size + stride[dim] - 1) / stride[dim] - 1) * stride[dim] + reach - size);
      case "causal" -> reach - 1;
      default -> 0;
    };
  }

  /** Pads a tensor of {@code [N, C, ...]} as TensorFlow does inside the operator. */
  Tensor padded(Tensor x) {
    long[] pads = new long[2 * dims()];
    boolean any = false;
    for (int i = 0; i < dims(); i++) {
      long total = padding(i, x.size(i - dims()));
      int last = 2 * (dims() - 1 - i);
      pads[last] = padding.equals("causal") ? total : total / 2;
      pads[last + 1] = total - pads[last];
      any |= total > 0;
    }
    return any ? F.pad(x, pads) : x;
  }

  /**
   * The sizes that TensorFlow's convolution inside SpaceToBatchND has: the batch times the
   * dilations, and rounded up spatial sizes (nn_ops.with_space_to_batch).
   *
   * @param x the input {@code [N, ..., C]} before padding
   */
  Tensor blocks(Tensor x, long channels) {
    long[] sizes = new long[dims() + 2];
    sizes[0] = x.size(0);
    for (int i = 0; i < dims(); i++) {
      long in = x.size(i + 1) + (padding.equals("valid") ? 0 : padding(i, x.size(i + 1)));
      sizes[0] = Math.multiplyExact(sizes[0], dilation[i]);
      sizes[i + 1] = (in + dilation[i] - 1) / dilation[i] - kernel[i] + 1;
    }
    sizes[dims() + 1] = channels;
    return Tf.tensor(x, sizes);
  }
}
