package org.whichflops.format.keras;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** {@code Conv1D} to {@code Conv3D}, {@code DepthwiseConv} and {@code SeparableConv}. */
final class ConvolutionLayer extends ActivatedLayer {
  private static final Window POINT_1 =
      new Window(new int[] {1}, new int[] {1}, new int[] {1}, "valid");
  private static final Window POINT_2 =
      new Window(new int[] {1, 1}, new int[] {1, 1}, new int[] {1, 1}, "valid");

  private final int dims;
  private final boolean depthwise;
  private final boolean separable;
  private final Window window;
  private final Layout layout;
  private final boolean biased;
  private final int filters;
  private final int groups;
  private final int multiplier;
  private @Nullable Parameter kernel;
  private @Nullable Parameter pointwise;
  private @Nullable Parameter bias;

  ConvolutionLayer(LayerSpec spec, int dims) {
    super(spec);
    this.dims = dims;
    depthwise = spec.className().startsWith("Depthwise");
    separable = spec.className().startsWith("Separable");
    window = Window.of(spec, dims, "kernel_size");
    layout = new Layout(spec.channelsFirst());
    biased = config().flag("use_bias", true);
    filters = depthwise ? 0 : config().at("filters").whole(1);
    groups = config().whole("groups", 1, 1);
    multiplier = config().whole("depth_multiplier", 1, 1);
  }

  @Override
  void build(Tensor[] inputs) {
    Tensor x = inputs[0];
    if (x.rank() != dims + 2) {
      throw refuses((dims + 2) + " dimensions", x);
    }
    long channels = layout.channels(x);
    if (depthwise || separable) {
      kernel = kernel(separable ? "depthwise_kernel" : "kernel", channels, multiplier);
    } else {
      if (channels % groups != 0 || filters % groups != 0) {
        throw refuses("channels and filters that %d groups divide".formatted(groups), x);
      }
      kernel = kernel("kernel", channels / groups, filters);
    }
    if (separable) {
      long[] sizes = new long[dims + 2];
      java.util.Arrays.fill(sizes, 1);
      sizes[dims] = Math.multiplyExact(channels, multiplier);
      sizes[dims + 1] = filters;
      pointwise = weight("pointwise_kernel", sizes);
    }
    if (biased) {
      bias = weight("bias", depthwise ? Math.multiplyExact(channels, multiplier) : filters);
    }
  }

  private Parameter kernel(String name, long in, long out) {
    long[] sizes = new long[dims + 2];
    for (int i = 0; i < dims; i++) {
      sizes[i] = window.kernel()[i];
    }
    sizes[dims] = in;
    sizes[dims + 1] = out;
    return weight(name, sizes);
  }

  @Override
  Tensor[] run(Tensor[] inputs) {
    Tensor x = inputs[0];
    if (x.rank() != dims + 2) {
      throw refuses((dims + 2) + " dimensions", x);
    }
    int channels = Math.toIntExact(layout.channels(x));
    Parameter first = java.util.Objects.requireNonNull(kernel);
    Tensor y = layout.inward(x);
    if (depthwise || separable) {
      int out = Math.multiplyExact(channels, multiplier);
      y = convolution(window, y, first, out, channels, separable ? null : bias);
      if (separable) {
        Tensor middle = nodes(x, layout.outward(y), first, "DepthwiseConv2dNative");
        y = convolution(dims == 1 ? POINT_1 : POINT_2, y, pointwise, filters, 1, bias);
        y = layout.outward(y);
        Tf.node("Conv2D", y, middle, java.util.Objects.requireNonNull(pointwise));
      } else {
        y = nodes(x, layout.outward(y), first, "DepthwiseConv2dNative");
      }
    } else {
      y = layout.outward(convolution(window, y, first, filters, groups, bias));
      String op = dims == 3 ? "Conv3D" : "Conv2D";
      if (groups > 1 || (spec().channelsFirst() && dims == 3)) {
        // TensorFlow cannot on the CPU; Keras compiles it into a function of its own.
        Tf.node("StatefulPartitionedCall", y, x, first);
      } else {
        nodes(x, y, first, op);
      }
    }
    if (bias != null) {
      Tf.node("BiasAdd", y, y, bias);
    }
    return new Tensor[] {activated(y)};
  }

  private Tensor convolution(
      Window over,
      Tensor x,
      @Nullable Parameter weight,
      int out,
      int groups,
      @Nullable Tensor bias) {
    Tensor turned = turned(java.util.Objects.requireNonNull(weight).on(x), groups, out);
    ConvolutionArguments arguments =
        new ConvolutionArguments(
            dims,
            Math.toIntExact(x.size(1)),
            out,
            Extents.of(over.kernel()),
            Extents.of(over.stride()),
            Extents.of(0),
            Extents.of(0),
            Extents.of(over.dilation()),
            groups,
            bias != null,
            false);
    return F.conv(over.padded(x), turned, bias, arguments);
  }

  /** The kernel {@code [..., in, out]} as PyTorch has it: {@code [out, in, ...]}. */
  private Tensor turned(Tensor weight, int groups, int out) {
    int[] order = new int[dims + 2];
    boolean perChannel = depthwise || (separable && groups > 1);
    order[0] = perChannel ? dims : dims + 1;
    order[1] = perChannel ? dims + 1 : dims;
    for (int i = 0; i < dims; i++) {
      order[i + 2] = i;
    }
    Tensor turned = Torch.permute(weight, order);
    if (!perChannel || weight.size(dims + 1) == 1) {
      return turned;
    }
    long[] sizes = turned.shape().sizes();
    sizes[0] = out;
    sizes[1] = 1;
    return turned.reshape(sizes);
  }

  /** TensorFlow's convolution, between SpaceToBatchND and BatchToSpaceND where it is dilated. */
  private Tensor nodes(Tensor x, Tensor y, Parameter weight, String op) {
    boolean strided = window.stride()[0] > 1 || window.stride()[dims - 1] > 1;
    if (!window.dilated()) {
      return Tf.node(op, y, x, weight);
    }
    Tensor last = spec().channelsFirst() ? layout.inward(x) : x;
    if (strided) {
      // Decomposed into a dilated convolution of stride 1 and a slice of it.
      spec()
          .notes()
          .add(
              "layer '%s' has strides and dilations: TensorFlow's profiler counts it at stride 1"
                  .formatted(spec().name()));
    }
    Tensor blocks =
        window.blocks(
            last, weight.size(dims + 1) * (op.startsWith("Depth") ? weight.size(dims) : 1));
    Tf.node("SpaceToBatchND", blocks, x);
    Tf.node(op, blocks, blocks, weight);
    return Tf.node("BatchToSpaceND", y, blocks);
  }
}
