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
  static final String SIGNATURES =
      """
      F.relu F.relu6 F.silu F.hardswish F.hardsigmoid F.selu F.mish(input, inplace)
      F.hardtanh(input, min_val, max_val, inplace)
      F.leaky_relu(input, negative_slope, inplace)
      F.elu F.celu(input, alpha, inplace)
      F.rrelu(input, lower, upper, training, inplace)
      F.threshold(input, threshold, value, inplace)
      F.sigmoid F.logsigmoid F.tanh F.tanhshrink F.softsign(input)
      F.softplus(input, beta, threshold)
      F.hardshrink F.softshrink(input, lambd)
      F.gelu(input, approximate)
      F.softmax F.log_softmax(input, dim, _stacklevel, dtype)
      F.glu(input, dim)
      F.prelu(input, weight)
      F.linear(input, weight, bias)
      F.normalize(input, p, dim, eps)
      F.layer_norm(input, normalized_shape, weight, bias, eps)
      F.rms_norm(input, normalized_shape, weight, eps)
      F.group_norm(input, num_groups, weight, bias, eps)
      F.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps)
      F.pad(input, pad, mode, value)
      F.interpolate(input, size, scale_factor, mode, align_corners, recompute_scale_factor, antialias)
      F.embedding(input, weight, padding_idx)
      F.pixel_shuffle(input, upscale_factor)
      F.pixel_unshuffle(input, downscale_factor)
      F.scaled_dot_product_attention(query, key, value, attn_mask, dropout_p, is_causal, scale)
      F.dropout F.dropout1d F.dropout2d F.dropout3d F.alpha_dropout(input, p, training, inplace)
      F.conv1d F.conv2d F.conv3d(input, weight, bias, stride, padding, dilation, groups)
      F.conv_transpose1d F.conv_transpose2d F.conv_transpose3d(input, weight, bias, stride, padding, output_padding, groups, dilation)
      F.max_pool1d F.max_pool2d F.max_pool3d(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)
      F.avg_pool1d F.avg_pool2d F.avg_pool3d(input, kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
      F.adaptive_avg_pool1d F.adaptive_avg_pool2d F.adaptive_avg_pool3d(input, output_size)
      F.adaptive_max_pool1d F.adaptive_max_pool2d F.adaptive_max_pool3d(input, output_size)
      """;

  private Functionals() {}

  /** What a function returns; null where there is none of that name. */
  static @Nullable Object call(String name, Given g) {
    return switch (name) {
      case "F.relu" -> of(g, Activations.RELU, Activations.RELU_INPLACE);
      case "F.hardtanh" -> of(g, Activations.HARDTANH, Activations.HARDTANH_INPLACE);
      case "F.leaky_relu" -> of(g, Activations.LEAKY_RELU, Activations.LEAKY_RELU_INPLACE);
      case "F.elu" -> of(g, Activations.ELU, Activations.ELU_INPLACE);
      case "F.silu" -> of(g, Activations.SILU, Activations.SILU_INPLACE);
      case "F.hardswish" -> of(g, Activations.HARDSWISH, Activations.HARDSWISH_INPLACE);
      case "F.hardsigmoid" -> of(g, Activations.HARDSIGMOID, Activations.HARDSIGMOID_INPLACE);
      case "F.relu6" -> Activations.RELU6.of(x(g));
      case "F.rrelu" -> Activations.RRELU.of(x(g));
      case "F.threshold" -> Activations.THRESHOLD.of(x(g));
      case "F.selu" -> Activations.SELU.of(x(g));
      case "F.celu" -> Activations.CELU.of(x(g));
      case "F.mish" -> Activations.MISH.of(x(g));
      case "F.sigmoid" -> Activations.SIGMOID.of(x(g));
      case "F.logsigmoid" -> Activations.LOG_SIGMOID.of(x(g));
      case "F.tanh" -> Activations.TANH.of(x(g));
      case "F.tanhshrink" -> Activations.TANHSHRINK.of(x(g));
      case "F.softplus" -> Activations.SOFTPLUS.of(x(g));
      case "F.softsign" -> Activations.SOFTSIGN.of(x(g));
      case "F.hardshrink" -> Activations.HARDSHRINK.of(x(g));
      case "F.softshrink" -> Activations.SOFTSHRINK.of(x(g));
      case "F.gelu" ->
          g.text("approximate", "none").equals("tanh")
              ? Activations.GELU_TANH.of(x(g))
              : Activations.GELU.of(x(g));
      case "F.softmax" -> F.softmax(x(g), g.integer("dim"));
      case "F.log_softmax" -> F.logSoftmax(x(g), g.integer("dim"));
      case "F.glu" -> F.glu(x(g), g.integer("dim", -1));
      case "F.prelu" -> F.prelu(x(g), g.tensor("weight"));
      case "F.linear" -> F.linear(x(g), g.tensor("weight"), g.tensorOrNull("bias"));
      case "F.normalize" -> F.normalize(x(g), g.integer("dim", 1));
      case "F.layer_norm" -> layerNorm(g, false);
      case "F.rms_norm" -> layerNorm(g, true);
      case "F.group_norm" -> groupNorm(g);
      case "F.batch_norm" -> batchNorm(g);
      case "F.pad" -> pad(g);
      case "F.interpolate" -> F.interpolate(x(g), TorchLayers.interpolation(g));
      case "F.embedding" -> F.embedding(x(g), g.tensor("weight"));
      case "F.pixel_shuffle" -> F.pixelShuffle(x(g), g.integer("upscale_factor"));
      case "F.pixel_unshuffle" -> F.pixelUnshuffle(x(g), g.integer("downscale_factor"));
      case "F.scaled_dot_product_attention" ->
          Attention.scaledDotProduct(
              g.tensor("query"), g.tensor("key"), g.tensor("value"), g.has("attn_mask"));
      case "F.dropout", "F.dropout1d", "F.dropout2d", "F.dropout3d", "F.alpha_dropout" ->
          g.flag("inplace", false) ? F.dropoutInplace(x(g)) : F.dropout(name, x(g));
      case "F.conv1d", "F.conv2d", "F.conv3d" -> conv(g, TorchModules.dims(name), false);
      case "F.conv_transpose1d", "F.conv_transpose2d", "F.conv_transpose3d" ->
          conv(g, TorchModules.dims(name), true);
      case "F.max_pool1d", "F.max_pool2d", "F.max_pool3d" ->
          F.maxPool(x(g), window(g, TorchModules.dims(name)));
      case "F.avg_pool1d", "F.avg_pool2d", "F.avg_pool3d" ->
          F.avgPool(x(g), window(g, TorchModules.dims(name)));
      case "F.adaptive_avg_pool1d", "F.adaptive_avg_pool2d", "F.adaptive_avg_pool3d" ->
          F.adaptiveAvgPool(x(g), outputSize(g, TorchModules.dims(name)));
      case "F.adaptive_max_pool1d", "F.adaptive_max_pool2d", "F.adaptive_max_pool3d" ->
          F.adaptiveMaxPool(x(g), outputSize(g, TorchModules.dims(name)));
      default -> null;
    };
  }

  private static Tensor x(Given g) {
    return g.tensor("input");
  }

  /** Sizes of the output, where None keeps all of the input's. */
  private static AdaptivePoolingArguments outputSize(Given g, int dims) {
    return new AdaptivePoolingArguments(
        dims,
        g.has("output_size") ? Extents.of(g.integers("output_size")) : Extents.of(0).over(dims));
  }

  private static Tensor of(Given g, Activations plain, Activations inplace) {
    return (g.flag("inplace", false) ? inplace : plain).of(x(g));
  }

  private static PoolingArguments window(Given g, int dims) {
    TorchLayers.refuseIndices(g);
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
