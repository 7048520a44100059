package org.whichflops.format.keras;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** {@code Conv1DTranspose} to {@code Conv3DTranspose}. */
final class TransposedConvolutionLayer extends ActivatedLayer {
  private final int dims;
  private final int[] kernelSize;
  private final int[] stride;
  private final int[] dilation;
  private final int @Nullable [] outputPadding;
  private final boolean same;
  private final Layout layout;
  private final int filters;
  private final boolean biased;
  private @Nullable Parameter kernel;
  private @Nullable Parameter bias;

  TransposedConvolutionLayer(LayerSpec spec, int dims) {
    super(spec);
    this.dims = dims;
    kernelSize = spec.extents("kernel_size", dims, 1, 1);
    stride = spec.extents("strides", dims, 1, 1);
    dilation = spec.extents("dilation_rate", dims, 1, 1);
    outputPadding =
        config().get("output_padding") == null ? null : spec.extents("output_padding", dims, 0, 0);
    same = config().text("padding", "valid").equals("same");
    layout = new Layout(spec.channelsFirst());
    filters = config().at("filters").whole(1);
    biased = config().flag("use_bias", true);
  }

  @Override
  void build(Tensor[] inputs) {
    Tensor x = inputs[0];
    if (x.rank() != dims + 2) {
      throw refuses((dims + 2) + " dimensions", x);
    }
    long[] sizes = new long[dims + 2];
    for (int i = 0; i < dims; i++) {
      sizes[i] = kernelSize[i];
    }
    sizes[dims] = filters;
    sizes[dims + 1] = layout.channels(x);
    kernel = weight("kernel", sizes);
    bias = biased ? weight("bias", filters) : null;
  }

  @Override
  Tensor[] run(Tensor[] inputs) {
    Tensor x = inputs[0];
    if (x.rank() != dims + 2) {
      throw refuses((dims + 2) + " dimensions", x);
    }
    Parameter weight = Objects.requireNonNull(kernel);
    int[] order = new int[dims + 2];
    order[0] = dims + 1;
    order[1] = dims;
    for (int i = 0; i < dims; i++) {
      order[i + 2] = i;
    }
    Tensor inner = layout.inward(x);
    ConvolutionArguments arguments =
        new ConvolutionArguments(
            dims,
            Math.toIntExact(inner.size(1)),
            filters,
            Extents.of(kernelSize),
            Extents.of(stride),
            Extents.of(0),
            Extents.of(0),
            Extents.of(dilation),
            1,
            bias != null,
            true);
    Tensor whole = F.conv(inner, Torch.permute(weight.on(x), order), bias, arguments);
    Tensor y = layout.outward(cropped(inner, whole));
    if (dims == 3) {
      Tf.node("Conv3DBackpropInputV2", y, x, weight);
    } else {
      long strides = dims == 1 ? stride[0] : (long) stride[0] * stride[1];
      Tf.backprop("Conv2DBackpropInput", strides, y, x, weight);
    }
    if (bias != null) {
      Tf.node("BiasAdd", y, y, bias);
    }
    return new Tensor[] {activated(y)};
  }

  /** What TensorFlow keeps of all that the kernel reaches; it may also add zeros. */
  private Tensor cropped(Tensor x, Tensor whole) {
    long[] pads = new long[2 * dims];
    boolean any = false;
    for (int i = 0; i < dims; i++) {
      long excess = whole.size(i + 2) - size(i, x.size(i + 2));
      int last = 2 * (dims - 1 - i);
      pads[last] = excess > 0 ? -(excess / 2) : 0;
      pads[last + 1] = -excess - pads[last];
      any |= excess != 0;
    }
    return any ? F.pad(whole, pads) : whole;
  }

  private long size(int dim, long in) {
    long reach = (long) (kernelSize[dim] - 1) * dilation[dim] + 1;
    long steps = Math.multiplyExact(in - 1, (long) stride[dim]);
    if (same) {
      return outputPadding == null
          ? Math.multiplyExact(in, (long) stride[dim])
          : steps + reach % 2 + outputPadding[dim];
    }
    return steps
        + reach
        + (outputPadding == null ? Math.max(reach, stride[dim]) - reach : outputPadding[dim]);
  }
}
