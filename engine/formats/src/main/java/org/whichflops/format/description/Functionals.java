package org.whichflops.format.description;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.Attention;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Padding;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;

/** Functions of {@code torch.nn.functional}. */
final class Functionals {
  private Functionals() {}

  /** Adds the functions. */
  static void fill() {
    activation("F.relu", Activations.RELU, Activations.RELU_INPLACE);
    activation("F.hardtanh", Activations.HARDTANH, Activations.HARDTANH_INPLACE);
    activation("F.leaky_relu", Activations.LEAKY_RELU, Activations.LEAKY_RELU_INPLACE);
    activation("F.elu", Activations.ELU, Activations.ELU_INPLACE);
    activation("F.silu", Activations.SILU, Activations.SILU_INPLACE);
    activation("F.hardswish", Activations.HARDSWISH, Activations.HARDSWISH_INPLACE);
    activation("F.hardsigmoid", Activations.HARDSIGMOID, Activations.HARDSIGMOID_INPLACE);
    activation("F.relu6", Activations.RELU6, null);
    activation("F.rrelu", Activations.RRELU, null);
    activation("F.threshold", Activations.THRESHOLD, null);
    activation("F.selu", Activations.SELU, null);
    activation("F.celu", Activations.CELU, null);
    activation("F.mish", Activations.MISH, null);
    activation("F.sigmoid", Activations.SIGMOID, null);
    activation("F.logsigmoid", Activations.LOG_SIGMOID, null);
    activation("F.tanh", Activations.TANH, null);
    activation("F.tanhshrink", Activations.TANHSHRINK, null);
    activation("F.softplus", Activations.SOFTPLUS, null);
    activation("F.softsign", Activations.SOFTSIGN, null);
    activation("F.hardshrink", Activations.HARDSHRINK, null);
    activation("F.softshrink", Activations.SOFTSHRINK, null);
    FunctionTable.put(
        "F.gelu",
        "input approximate",
        g ->
            (g.text("approximate", "none").equals("tanh")
                    ? Activations.GELU_TANH
                    : Activations.GELU)
                .of(g.tensor("input")));
    FunctionTable.put(
        "F.softmax",
        "input dim _stacklevel dtype",
        g -> F.softmax(g.tensor("input"), g.integer("dim")));
    FunctionTable.put(
        "F.log_softmax",
        "input dim _stacklevel dtype",
        g -> F.logSoftmax(g.tensor("input"), g.integer("dim")));
    FunctionTable.put("F.glu", "input dim", g -> F.glu(g.tensor("input"), g.integer("dim", -1)));
    FunctionTable.put(
        "F.prelu", "input weight", g -> F.prelu(g.tensor("input"), g.tensor("weight")));
    FunctionTable.put(
        "F.linear",
        "input weight bias",
        g -> F.linear(g.tensor("input"), g.tensor("weight"), g.tensorOrNull("bias")));
    FunctionTable.put(
        "F.normalize", "input p dim eps", g -> F.normalize(g.tensor("input"), g.integer("dim", 1)));
    FunctionTable.put(
        "F.layer_norm", "input normalized_shape weight bias eps", g -> layerNorm(g, false));
    FunctionTable.put("F.rms_norm", "input normalized_shape weight eps", g -> layerNorm(g, true));
    FunctionTable.put("F.group_norm", "input num_groups weight bias eps", Functionals::groupNorm);
    FunctionTable.put(
        "F.batch_norm",
        "input running_mean running_var weight bias training momentum eps",
        Functionals::batchNorm);
    FunctionTable.put("F.pad", "input pad mode value", Functionals::pad);
    FunctionTable.put(
        "F.interpolate",
        "input size scale_factor mode align_corners recompute_scale_factor antialias",
        g -> F.interpolate(g.tensor("input"), TorchLayers.interpolation(g)));
    FunctionTable.put(
        "F.embedding",
        "input weight padding_idx",
        g -> F.embedding(g.tensor("input"), g.tensor("weight")));
    FunctionTable.put(
        "F.pixel_shuffle",
        "input upscale_factor",
        g -> F.pixelShuffle(g.tensor("input"), g.integer("upscale_factor")));
    FunctionTable.put(
        "F.pixel_unshuffle",
        "input downscale_factor",
        g -> F.pixelUnshuffle(g.tensor("input"), g.integer("downscale_factor")));
    FunctionTable.put(
        "F.scaled_dot_product_attention",
        "query key value attn_mask dropout_p is_causal scale",
        g ->
            Attention.scaledDotProduct(
                g.tensor("query"), g.tensor("key"), g.tensor("value"), g.has("attn_mask")));
    for (String name :
        new String[] {"dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout"}) {
      FunctionTable.put(
          "F." + name,
          "input p training inplace",
          g ->
              g.flag("inplace", false)
                  ? F.dropoutInplace(g.tensor("input"))
                  : F.dropout("F." + name, g.tensor("input")));
    }
    for (int d = 1; d <= 3; d++) {
      int dims = d;
      FunctionTable.put(
          "F.conv" + d + "d",
          "input weight bias stride padding dilation groups",
          g -> conv(g, dims, false));
      FunctionTable.put(
          "F.conv_transpose" + d + "d",
          "input weight bias stride padding output_padding groups dilation",
          g -> conv(g, dims, true));
      FunctionTable.put(
          "F.max_pool" + d + "d",
          "input kernel_size stride padding dilation ceil_mode return_indices",
          g -> F.maxPool(g.tensor("input"), window(g, dims)));
      FunctionTable.put(
          "F.avg_pool" + d + "d",
          "input kernel_size stride padding ceil_mode count_include_pad divisor_override",
          g -> F.avgPool(g.tensor("input"), window(g, dims)));
      FunctionTable.put(
          "F.adaptive_avg_pool" + d + "d",
          "input output_size",
          g ->
              F.adaptiveAvgPool(
                  g.tensor("input"), new AdaptivePoolingArguments(dims, outputSize(g, dims))));
      FunctionTable.put(
          "F.adaptive_max_pool" + d + "d",
          "input output_size",
          g ->
              F.adaptiveMaxPool(
                  g.tensor("input"), new AdaptivePoolingArguments(dims, outputSize(g, dims))));
    }
  }

  /** Sizes of the output, where None keeps all of the input's. */
  private static Extents outputSize(Given g, int dims) {
    return g.has("output_size") ? Extents.of(g.integers("output_size")) : Extents.of(0).over(dims);
  }

  private static void activation(String name, Activations plain, @Nullable Activations inplace) {
    FunctionTable.put(
        name,
        "input a b inplace",
        g -> (inplace != null && g.flag("inplace", false) ? inplace : plain).of(g.tensor("input")));
  }

  private static PoolingArguments window(Given g, int dims) {
    Extents kernel = Extents.of(g.integers("kernel_size"));
    return new PoolingArguments(
        dims,
        kernel,
        g.has("stride") ? Extents.of(g.integers("stride")) : kernel,
        Extents.of(g.integers("padding", 0)),
        Extents.of(g.integers("dilation", 1)),
        g.flag("ceil_mode", false));
  }

  private static Tensor conv(Given g, int dims, boolean transposed) {
    Tensor weight = g.tensor("weight");
    if (weight.rank() != dims + 2) {
      throw g.error("weight has %d dimensions, not %s".formatted(dims + 2, weight));
    }
    int groups = g.integer("groups", 1);
    int first = Math.toIntExact(weight.size(0));
    int second = Math.toIntExact(Math.multiplyExact(weight.size(1), groups));
    int[] kernel = new int[dims];
    for (int i = 0; i < dims; i++) {
      kernel[i] = Math.toIntExact(weight.size(i + 2));
    }
    boolean same = g.isText("padding") && g.text("padding", "").equals("same");
    boolean named = g.isText("padding");
    Tensor bias = g.tensorOrNull("bias");
    ConvolutionArguments arguments =
        new ConvolutionArguments(
            dims,
            transposed ? first : second,
            transposed ? second : first,
            Extents.of(kernel),
            Extents.of(g.integers("stride", 1)),
            same ? null : Extents.of(named ? new int[] {0} : g.integers("padding", 0)),
            Extents.of(g.integers("output_padding", 0)),
            Extents.of(g.integers("dilation", 1)),
            groups,
            bias != null,
            transposed);
    Tensor x = g.tensor("input");
    return named
        ? F.convWithNamedPadding(x, weight, bias, arguments)
        : F.conv(x, weight, bias, arguments);
  }

  private static Tensor layerNorm(Given g, boolean rms) {
    Shape shape = Shape.of(g.longs("normalized_shape"));
    NormalizationArguments arguments =
        new NormalizationArguments(g.has("weight"), g.has("bias"), -1, shape.numel());
    return rms
        ? F.rmsNorm(g.tensor("input"), shape, arguments)
        : F.layerNorm(g.tensor("input"), shape, arguments);
  }

  private static Tensor groupNorm(Given g) {
    int groups = g.integer("num_groups");
    return F.groupNorm(
        g.tensor("input"),
        groups,
        new NormalizationArguments(g.has("weight"), g.has("bias"), -1, -groups));
  }

  private static Tensor batchNorm(Given g) {
    boolean tracked = g.has("running_mean") && !g.flag("training", false);
    Tensor x = g.tensor("input");
    return F.batchNorm(
        x,
        x.rank() < 2 ? 0 : x.size(1),
        new NormalizationArguments(
            g.has("weight"), g.has("bias"), -1, tracked ? 0 : NormalizationArguments.CHANNEL));
  }

  private static Tensor pad(Given g) {
    String mode = g.text("mode", "constant");
    return mode.equals("constant")
        ? F.pad(g.tensor("input"), g.longs("pad"))
        : F.pad(Padding.of(mode), g.tensor("input"), g.longs("pad"));
  }
}
