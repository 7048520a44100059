package org.whichflops.format.description;

import java.util.Collection;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Bilinear;
import org.whichflops.engine.nn.ChannelShuffle;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.Embedding;
import org.whichflops.engine.nn.Flatten;
import org.whichflops.engine.nn.Glu;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.LocalResponseNorm;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.PReLU;
import org.whichflops.engine.nn.Pad;
import org.whichflops.engine.nn.PixelShuffle;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.nn.Softmax;
import org.whichflops.engine.nn.Upsample;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;

/** The modules of {@code torch.nn}, by name, with the arguments that PyTorch gives them. */
final class TorchModules {
  private static final Signatures SIGNATURES =
      new Signatures(
          """
          Conv1d Conv2d Conv3d(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode)
          ConvTranspose1d ConvTranspose2d ConvTranspose3d(in_channels, out_channels, kernel_size, stride, padding, output_padding, groups, bias, dilation, padding_mode)
          BatchNorm1d BatchNorm2d BatchNorm3d SyncBatchNorm(num_features, eps, momentum, affine, track_running_stats)
          InstanceNorm1d InstanceNorm2d InstanceNorm3d(num_features, eps, momentum, affine, track_running_stats)
          MaxPool1d MaxPool2d MaxPool3d(kernel_size, stride, padding, dilation, return_indices, ceil_mode)
          AvgPool1d AvgPool2d AvgPool3d(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override)
          LPPool1d LPPool2d LPPool3d(norm_type, kernel_size, stride, ceil_mode)
          AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveAvgPool3d(output_size)
          AdaptiveMaxPool1d AdaptiveMaxPool2d AdaptiveMaxPool3d(output_size, return_indices)
          Dropout Dropout1d Dropout2d Dropout3d AlphaDropout(p, inplace)
          ZeroPad1d ZeroPad2d ZeroPad3d ConstantPad1d ConstantPad2d ConstantPad3d(padding, value)
          ReflectionPad1d ReflectionPad2d ReflectionPad3d(padding, value)
          ReplicationPad1d ReplicationPad2d ReplicationPad3d(padding, value)
          CircularPad1d CircularPad2d CircularPad3d(padding, value)
          Linear(in_features, out_features, bias)
          Bilinear(in1_features, in2_features, out_features, bias)
          Identity(*args)
          Flatten(start_dim, end_dim)
          Unflatten(dim, unflattened_size)
          LayerNorm(normalized_shape, eps, elementwise_affine, bias)
          RMSNorm(normalized_shape, eps, elementwise_affine)
          GroupNorm(num_groups, num_channels, eps, affine)
          LocalResponseNorm(size, alpha, beta, k)
          Embedding(num_embeddings, embedding_dim, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse)
          EmbeddingBag(num_embeddings, embedding_dim, max_norm, norm_type, scale_grad_by_freq, mode, sparse)
          PReLU(num_parameters, init)
          Softmax LogSoftmax GLU(dim)
          Softmax2d()
          PixelShuffle(upscale_factor)
          PixelUnshuffle(downscale_factor)
          ChannelShuffle(groups)
          Upsample(size, scale_factor, mode, align_corners, recompute_scale_factor)
          UpsamplingBilinear2d UpsamplingNearest2d(size, scale_factor)
          MultiheadAttention(embed_dim, num_heads, dropout, bias, add_bias_kv, add_zero_attn, kdim, vdim, batch_first, need_weights)
          TransformerEncoderLayer(d_model, nhead, dim_feedforward, dropout, activation, layer_norm_eps, batch_first, norm_first, bias)
          RNN(input_size, hidden_size, num_layers, nonlinearity, bias, batch_first, dropout, bidirectional)
          GRU LSTM(input_size, hidden_size, num_layers, bias, batch_first, dropout, bidirectional, proj_size)
          RNNCell(input_size, hidden_size, bias, nonlinearity)
          GRUCell LSTMCell(input_size, hidden_size, bias)
          ReLU ReLU6 SiLU Hardswish Hardsigmoid SELU Mish(inplace)
          LeakyReLU(negative_slope, inplace)
          ELU CELU(alpha, inplace)
          Hardtanh(min_val, max_val, inplace)
          RReLU(lower, upper, inplace)
          GELU(approximate)
          Sigmoid LogSigmoid Tanh Tanhshrink Softsign()
          Softplus(beta, threshold)
          Hardshrink Softshrink(lambd)
          """);

  private TorchModules() {}

  /** Makes a module; null where there is none of that name. */
  private static @Nullable Module make(String name, Given g) {
    return switch (name) {
      case "Conv1d", "Conv2d", "Conv3d" -> TorchLayers.conv(g, dims(name), false);
      case "ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d" ->
          TorchLayers.conv(g, dims(name), true);
      case "BatchNorm1d", "BatchNorm2d", "BatchNorm3d" -> TorchLayers.batchNorm(g, dims(name));
      case "SyncBatchNorm" -> TorchLayers.batchNorm(g, 0);
      case "InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d" ->
          TorchLayers.instanceNorm(g, dims(name));
      case "MaxPool1d", "MaxPool2d", "MaxPool3d" ->
          TorchLayers.pool(Pool.maxPool(dims(name), g.integers("kernel_size")), g);
      case "AvgPool1d", "AvgPool2d", "AvgPool3d" ->
          TorchLayers.pool(Pool.avgPool(dims(name), g.integers("kernel_size")), g);
      case "LPPool1d", "LPPool2d", "LPPool3d" ->
          TorchLayers.pool(Pool.lpPool(dims(name), g.integers("kernel_size")), g);
      case "AdaptiveAvgPool1d", "AdaptiveAvgPool2d", "AdaptiveAvgPool3d" ->
          AdaptivePool.adaptiveAvgPool(dims(name), TorchLayers.sizes(g));
      case "AdaptiveMaxPool1d", "AdaptiveMaxPool2d", "AdaptiveMaxPool3d" ->
          AdaptivePool.adaptiveMaxPool(dims(name), TorchLayers.sizes(g));
      case "Dropout" -> inplace(g) ? Dropout.dropoutInplace() : Dropout.dropout();
      case "Dropout1d", "Dropout2d", "Dropout3d" -> Dropout.dropout(dims(name));
      case "AlphaDropout" -> Dropout.alphaDropout();
      case "Linear" ->
          new Linear(g.integer("in_features"), g.integer("out_features"))
              .bias(g.flag("bias", true));
      case "Bilinear" ->
          new Bilinear(
              g.integer("in1_features"),
              g.integer("in2_features"),
              g.integer("out_features"),
              g.flag("bias", true));
      case "Identity" -> new Identity();
      case "Flatten" -> new Flatten(g.integer("start_dim", 1), g.integer("end_dim", -1));
      case "Unflatten" -> Flatten.unflatten(g.integer("dim"), g.longs("unflattened_size"));
      case "LayerNorm" -> TorchLayers.layerNorm(g);
      case "RMSNorm" -> TorchLayers.rmsNorm(g);
      case "GroupNorm" -> TorchLayers.groupNorm(g);
      case "LocalResponseNorm" -> new LocalResponseNorm(g.integer("size"));
      case "Embedding" -> Embedding.embedding(g.whole("num_embeddings"), g.whole("embedding_dim"));
      case "EmbeddingBag" -> Embedding.bag(g.whole("num_embeddings"), g.whole("embedding_dim"));
      case "Softmax" -> Softmax.softmax(g.integer("dim"));
      case "LogSoftmax" -> Softmax.logSoftmax(g.integer("dim"));
      case "Softmax2d" -> Softmax.softmax2d();
      case "PixelShuffle" -> PixelShuffle.shuffle(g.integer("upscale_factor"));
      case "PixelUnshuffle" -> PixelShuffle.unshuffle(g.integer("downscale_factor"));
      case "ChannelShuffle" -> new ChannelShuffle(g.integer("groups"));
      case "Upsample" -> Upsample.upsample(TorchLayers.interpolation(g));
      case "UpsamplingBilinear2d" ->
          Upsample.upsampling2d(TorchLayers.interpolation(g, Interpolation.BILINEAR));
      case "UpsamplingNearest2d" ->
          Upsample.upsampling2d(TorchLayers.interpolation(g, Interpolation.NEAREST));
      case "MultiheadAttention" -> TorchLayers.attention(g);
      case "TransformerEncoderLayer" -> TorchLayers.encoderLayer(g);
      case "RNN" -> TorchLayers.recurrent(g, Recurrent::rnn);
      case "GRU" -> TorchLayers.recurrent(g, Recurrent::gru);
      case "LSTM" -> TorchLayers.recurrent(g, Recurrent::lstm);
      case "RNNCell" -> TorchLayers.recurrent(g, Recurrent::rnnCell);
      case "GRUCell" -> TorchLayers.recurrent(g, Recurrent::gruCell);
      case "LSTMCell" -> TorchLayers.recurrent(g, Recurrent::lstmCell);
      default ->
          name.indexOf("Pad") > 0
              ? new Pad(name, TorchLayers.pads(g, dims(name)))
              : activation(name, g);
    };
  }

  private static @Nullable Module activation(String name, Given g) {
    return switch (name) {
      case "ReLU" -> inplace(g) ? Activation.reluInplace() : Activation.relu();
      case "ReLU6" -> inplace(g) ? Activation.relu6Inplace() : Activation.relu6();
      case "LeakyReLU" -> inplace(g) ? Activation.leakyReluInplace() : Activation.leakyRelu();
      case "ELU" -> inplace(g) ? Activation.eluInplace() : Activation.elu();
      case "SiLU" -> inplace(g) ? Activation.siluInplace() : Activation.silu();
      case "Hardswish" -> inplace(g) ? Activation.hardswishInplace() : Activation.hardswish();
      case "Hardsigmoid" -> inplace(g) ? Activation.hardsigmoidInplace() : Activation.hardsigmoid();
      case "Hardtanh" -> Activation.hardtanh();
      case "RReLU" -> Activation.rrelu();
      case "SELU" -> Activation.selu();
      case "CELU" -> Activation.celu();
      case "GELU" ->
          g.text("approximate", "none").equals("tanh") ? Activation.geluTanh() : Activation.gelu();
      case "Mish" -> Activation.mish();
      case "Sigmoid" -> Activation.sigmoid();
      case "LogSigmoid" -> Activation.logSigmoid();
      case "Tanh" -> Activation.tanh();
      case "Tanhshrink" -> Activation.tanhshrink();
      case "Softplus" -> Activation.softplus();
      case "Softsign" -> Activation.softsign();
      case "Hardshrink" -> Activation.hardshrink();
      case "Softshrink" -> Activation.softshrink();
      case "PReLU" -> new PReLU(g.integer("num_parameters", 1));
      case "GLU" -> new Glu(g.integer("dim", -1));
      default -> null;
    };
  }

  private static boolean inplace(Given g) {
    return g.flag("inplace", false);
  }

  /** The dimensions that a name ends in: 2 of {@code Conv2d}. */
  static int dims(String name) {
    return name.charAt(name.length() - 2) - '0';
  }

  /** The names there are. */
  static Collection<String> names() {
    return SIGNATURES.names();
  }

  /** Whether there is a module of that name. */
  static boolean knows(String name) {
    return SIGNATURES.knows(name);
  }

  /** Makes modules of these arguments, each another one, or says what is wrong with them. */
  static Supplier<Module> maker(String name, Syntax call, Passed passed) {
    Signature signature = Objects.requireNonNull(SIGNATURES.find(name));
    return new Alike(name, new Given(call, name, passed, signature));
  }

  /** Makes one module after the other. */
  private static final class Alike implements Supplier<Module> {
    private final String name;
    private final Given given;
    private @Nullable Module first;

    Alike(String name, Given given) {
      this.name = name;
      this.given = given;
    }

    @Override
    public Module get() {
      Module one = first;
      if (one != null && Subclass.covers(one)) {
        return Subclass.of(one.type(), one); // without reading the arguments again
      }
      try {
        one = Objects.requireNonNull(make(name, given), name);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw given.error(String.valueOf(e.getMessage()));
      }
      first = one;
      return one;
    }
  }
}
