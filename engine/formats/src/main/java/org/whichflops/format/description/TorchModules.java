package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
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
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.LocalResponseNorm;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.PReLU;
import org.whichflops.engine.nn.Pad;
import org.whichflops.engine.nn.PixelShuffle;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.nn.RmsNorm;
import org.whichflops.engine.nn.Softmax;
import org.whichflops.engine.nn.TransformerEncoderLayer;
import org.whichflops.engine.nn.Upsample;

/** The modules of {@code torch.nn}, by name, with the arguments that PyTorch gives them. */
final class TorchModules {
  /** How a module is made of arguments. */
  private record Maker(Signature signature, Function<Given, Module> make) {}

  private static final Map<String, Maker> MAKERS = new HashMap<>();

  static {
    for (int d = 1; d <= 3; d++) {
      int dims = d;
      put(
          "Conv" + d + "d",
          "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode",
          given -> TorchLayers.conv(given, dims, false));
      put(
          "ConvTranspose" + d + "d",
          "in_channels out_channels kernel_size stride padding output_padding groups bias dilation"
              + " padding_mode",
          given -> TorchLayers.conv(given, dims, true));
      put(
          "BatchNorm" + d + "d",
          "num_features eps momentum affine track_running_stats",
          given -> TorchLayers.batchNorm(given, dims));
      put(
          "InstanceNorm" + d + "d",
          "num_features eps momentum affine track_running_stats",
          given -> TorchLayers.instanceNorm(given, dims));
      put(
          "MaxPool" + d + "d",
          "kernel_size stride padding dilation return_indices ceil_mode",
          given -> TorchLayers.pool(Pool.maxPool(dims, given.integers("kernel_size")), given));
      put(
          "AvgPool" + d + "d",
          "kernel_size stride padding ceil_mode count_include_pad divisor_override",
          given -> TorchLayers.pool(Pool.avgPool(dims, given.integers("kernel_size")), given));
      put(
          "LPPool" + d + "d",
          "norm_type kernel_size stride ceil_mode",
          given -> TorchLayers.pool(Pool.lpPool(dims, given.integers("kernel_size")), given));
      put(
          "AdaptiveAvgPool" + d + "d",
          "output_size",
          given -> AdaptivePool.adaptiveAvgPool(dims, TorchLayers.sizes(given)));
      put(
          "AdaptiveMaxPool" + d + "d",
          "output_size return_indices",
          given -> AdaptivePool.adaptiveMaxPool(dims, TorchLayers.sizes(given)));
      put("Dropout" + d + "d", "p inplace", given -> Dropout.dropout(dims));
      for (String kind :
          new String[] {"Zero", "Constant", "Reflection", "Replication", "Circular"}) {
        String name = kind + "Pad" + d + "d";
        put(name, "padding value", given -> new Pad(name, TorchLayers.pads(given, dims)));
      }
    }
    put(
        "SyncBatchNorm",
        "num_features eps momentum affine track_running_stats",
        given -> TorchLayers.batchNorm(given, 0));
    put(
        "Linear",
        "in_features out_features bias",
        given ->
            new Linear(given.integer("in_features"), given.integer("out_features"))
                .bias(given.flag("bias", true)));
    put(
        "Bilinear",
        "in1_features in2_features out_features bias",
        given ->
            new Bilinear(
                given.integer("in1_features"),
                given.integer("in2_features"),
                given.integer("out_features"),
                given.flag("bias", true)));
    put("Identity", "args*", given -> new Identity());
    put(
        "Flatten",
        "start_dim end_dim",
        given -> new Flatten(given.integer("start_dim", 1), given.integer("end_dim", -1)));
    put(
        "Unflatten",
        "dim unflattened_size",
        given -> Flatten.unflatten(given.integer("dim"), given.longs("unflattened_size")));
    put(
        "Dropout",
        "p inplace",
        given -> given.flag("inplace", false) ? Dropout.dropoutInplace() : Dropout.dropout());
    put("AlphaDropout", "p inplace", given -> Dropout.alphaDropout());
    put(
        "LayerNorm",
        "normalized_shape eps elementwise_affine bias",
        given -> {
          LayerNorm norm = new LayerNorm(given.longs("normalized_shape"));
          return !given.flag("elementwise_affine", true)
              ? norm.notAffine()
              : given.flag("bias", true) ? norm : norm.noBias();
        });
    put(
        "RMSNorm",
        "normalized_shape eps elementwise_affine",
        given -> new RmsNorm(given.longs("normalized_shape")));
    put(
        "GroupNorm",
        "num_groups num_channels eps affine",
        given -> {
          GroupNorm norm =
              new GroupNorm(given.integer("num_groups"), given.integer("num_channels"));
          return given.flag("affine", true) ? norm : norm.notAffine();
        });
    put(
        "LocalResponseNorm",
        "size alpha beta k",
        given -> new LocalResponseNorm(given.integer("size")));
    put(
        "Embedding",
        "num_embeddings embedding_dim padding_idx max_norm norm_type scale_grad_by_freq sparse",
        given -> Embedding.embedding(given.whole("num_embeddings"), given.whole("embedding_dim")));
    put(
        "EmbeddingBag",
        "num_embeddings embedding_dim max_norm norm_type scale_grad_by_freq mode sparse",
        given -> Embedding.bag(given.whole("num_embeddings"), given.whole("embedding_dim")));
    put("PReLU", "num_parameters init", given -> new PReLU(given.integer("num_parameters", 1)));
    put("Softmax", "dim", given -> Softmax.softmax(given.integer("dim")));
    put("LogSoftmax", "dim", given -> Softmax.logSoftmax(given.integer("dim")));
    put("Softmax2d", "", given -> Softmax.softmax2d());
    put("GLU", "dim", given -> new Glu(given.integer("dim", -1)));
    put(
        "PixelShuffle",
        "upscale_factor",
        given -> PixelShuffle.shuffle(given.integer("upscale_factor")));
    put(
        "PixelUnshuffle",
        "downscale_factor",
        given -> PixelShuffle.unshuffle(given.integer("downscale_factor")));
    put("ChannelShuffle", "groups", given -> new ChannelShuffle(given.integer("groups")));
    put(
        "Upsample",
        "size scale_factor mode align_corners recompute_scale_factor",
        given -> Upsample.upsample(TorchLayers.interpolation(given)));
    put(
        "UpsamplingBilinear2d",
        "size scale_factor",
        given -> Upsample.bilinear2d(given.number("scale_factor", 1)));
    put(
        "UpsamplingNearest2d",
        "size scale_factor",
        given -> Upsample.nearest2d(given.number("scale_factor", 1)));
    put(
        "MultiheadAttention",
        "embed_dim num_heads dropout bias add_bias_kv add_zero_attn kdim vdim batch_first need_weights",
        TorchLayers::attention);
    put(
        "TransformerEncoderLayer",
        "d_model nhead dim_feedforward dropout activation layer_norm_eps batch_first",
        given ->
            given.flag("batch_first", false)
                ? TransformerEncoderLayer.batchFirst(
                    given.integer("d_model"),
                    given.integer("nhead"),
                    given.integer("dim_feedforward", 2048))
                : TransformerEncoderLayer.sequenceFirst(
                    given.integer("d_model"),
                    given.integer("nhead"),
                    given.integer("dim_feedforward", 2048)));
    String layers =
        "input_size hidden_size num_layers bias batch_first dropout bidirectional proj_size";
    put(
        "RNN",
        "input_size hidden_size num_layers nonlinearity bias batch_first dropout bidirectional",
        given -> TorchLayers.recurrent(given, Recurrent::rnn));
    put("GRU", layers, given -> TorchLayers.recurrent(given, Recurrent::gru));
    put("LSTM", layers, given -> TorchLayers.recurrent(given, Recurrent::lstm));
    put(
        "RNNCell",
        "input_size hidden_size bias nonlinearity",
        given -> TorchLayers.recurrent(given, Recurrent::rnnCell));
    put(
        "GRUCell",
        "input_size hidden_size bias",
        given -> TorchLayers.recurrent(given, Recurrent::gruCell));
    put(
        "LSTMCell",
        "input_size hidden_size bias",
        given -> TorchLayers.recurrent(given, Recurrent::lstmCell));
    activations();
  }

  private TorchModules() {}

  private static void put(String name, String names, Function<Given, Module> make) {
    MAKERS.put(name, new Maker(Signature.of(names), make));
  }

  private static void activations() {
    either("ReLU", "inplace", Activation::relu, Activation::reluInplace);
    either("ReLU6", "inplace", Activation::relu6, Activation::relu6Inplace);
    either(
        "LeakyReLU", "negative_slope inplace", Activation::leakyRelu, Activation::leakyReluInplace);
    either("ELU", "alpha inplace", Activation::elu, Activation::eluInplace);
    either("SiLU", "inplace", Activation::silu, Activation::siluInplace);
    either("Hardswish", "inplace", Activation::hardswish, Activation::hardswishInplace);
    either("Hardsigmoid", "inplace", Activation::hardsigmoid, Activation::hardsigmoidInplace);
    put("Hardtanh", "min_val max_val inplace", given -> Activation.hardtanh());
    put("RReLU", "lower upper inplace", given -> Activation.rrelu());
    put("SELU", "inplace", given -> Activation.selu());
    put("CELU", "alpha inplace", given -> Activation.celu());
    put(
        "GELU",
        "approximate",
        given ->
            given.text("approximate", "none").equals("tanh")
                ? Activation.geluTanh()
                : Activation.gelu());
    put("Mish", "inplace", given -> Activation.mish());
    put("Sigmoid", "", given -> Activation.sigmoid());
    put("LogSigmoid", "", given -> Activation.logSigmoid());
    put("Tanh", "", given -> Activation.tanh());
    put("Tanhshrink", "", given -> Activation.tanhshrink());
    put("Softplus", "beta threshold", given -> Activation.softplus());
    put("Softsign", "", given -> Activation.softsign());
    put("Hardshrink", "lambd", given -> Activation.hardshrink());
    put("Softshrink", "lambd", given -> Activation.softshrink());
  }

  private static void either(
      String name, String names, Supplier<Activation> plain, Supplier<Activation> inplace) {
    put(name, names, given -> (given.flag("inplace", false) ? inplace : plain).get());
  }

  /** The names there are. */
  static Collection<String> names() {
    return new ArrayList<>(new java.util.TreeSet<>(MAKERS.keySet()));
  }

  /** Whether there is a module of that name. */
  static boolean knows(String name) {
    return MAKERS.containsKey(name);
  }

  /** Makes modules of these arguments, each another one, or says what is wrong with them. */
  static Supplier<Module> maker(String name, Syntax call, Passed passed) {
    Maker maker = java.util.Objects.requireNonNull(MAKERS.get(name));
    return new Alike(maker, new Given(call, name, passed, maker.signature()));
  }

  /** Makes one module after the other. */
  private static final class Alike implements Supplier<Module> {
    private final Maker maker;
    private final Given given;
    private @Nullable Module first;

    Alike(Maker maker, Given given) {
      this.maker = maker;
      this.given = given;
    }

    @Override
    public Module get() {
      Module one = first;
      if (one != null && Subclass.covers(one)) {
        return Subclass.of(one.type(), one); // without reading the arguments again
      }
      try {
        first = maker.make().apply(given);
        return first;
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw given.error(String.valueOf(e.getMessage()));
      }
    }
  }
}
