package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Bilinear;
import org.whichflops.engine.nn.ChannelShuffle;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.Embedding;
import org.whichflops.engine.nn.Flatten;
import org.whichflops.engine.nn.Glu;
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.InstanceNorm;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.LocalResponseNorm;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.MultiheadAttention;
import org.whichflops.engine.nn.PReLU;
import org.whichflops.engine.nn.Pad;
import org.whichflops.engine.nn.PixelShuffle;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.nn.RmsNorm;
import org.whichflops.engine.nn.Softmax;
import org.whichflops.engine.nn.TransformerEncoderLayer;
import org.whichflops.engine.nn.Upsample;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;

/** The modules of {@code torch.nn}, by name, with the arguments that PyTorch gives them. */
final class TorchModules {
  /** How a module is made of arguments. */
  private record Maker(List<String> names, Function<Given, Module> make) {}

  private static final Map<String, Maker> MAKERS = new HashMap<>();

  static {
    for (int d = 1; d <= 3; d++) {
      int dims = d;
      put(
          "Conv" + d + "d",
          "in_channels out_channels kernel_size stride padding dilation groups bias padding_mode",
          given -> conv(given, dims, false));
      put(
          "ConvTranspose" + d + "d",
          "in_channels out_channels kernel_size stride padding output_padding groups bias dilation"
              + " padding_mode",
          given -> conv(given, dims, true));
      put(
          "BatchNorm" + d + "d",
          "num_features eps momentum affine track_running_stats",
          given -> batchNorm(given, dims));
      put(
          "InstanceNorm" + d + "d",
          "num_features eps momentum affine track_running_stats",
          given -> instanceNorm(given, dims));
      put(
          "MaxPool" + d + "d",
          "kernel_size stride padding dilation return_indices ceil_mode",
          given -> pool(Pool.maxPool(dims, given.integers("kernel_size")), given));
      put(
          "AvgPool" + d + "d",
          "kernel_size stride padding ceil_mode count_include_pad divisor_override",
          given -> pool(Pool.avgPool(dims, given.integers("kernel_size")), given));
      put(
          "LPPool" + d + "d",
          "norm_type kernel_size stride ceil_mode",
          given -> pool(Pool.lpPool(dims, given.integers("kernel_size")), given));
      put(
          "AdaptiveAvgPool" + d + "d",
          "output_size",
          given -> AdaptivePool.adaptiveAvgPool(dims, sizes(given)));
      put(
          "AdaptiveMaxPool" + d + "d",
          "output_size return_indices",
          given -> AdaptivePool.adaptiveMaxPool(dims, sizes(given)));
      put("Dropout" + d + "d", "p inplace", given -> Dropout.dropout(dims));
      for (String kind :
          new String[] {"Zero", "Constant", "Reflection", "Replication", "Circular"}) {
        String name = kind + "Pad" + d + "d";
        put(name, "padding value", given -> new Pad(name, pads(given, dims)));
      }
    }
    put(
        "SyncBatchNorm",
        "num_features eps momentum affine track_running_stats",
        given -> batchNorm(given, 0));
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
    put("ChannelShuffle", "groups", given -> new ChannelShuffle());
    put(
        "Upsample",
        "size scale_factor mode align_corners recompute_scale_factor",
        given -> Upsample.upsample(interpolation(given)));
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
        TorchModules::attention);
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
        given -> recurrent(given, Recurrent::rnn));
    put("GRU", layers, given -> recurrent(given, Recurrent::gru));
    put("LSTM", layers, given -> recurrent(given, Recurrent::lstm));
    put(
        "RNNCell",
        "input_size hidden_size bias nonlinearity",
        given -> recurrent(given, Recurrent::rnnCell));
    put("GRUCell", "input_size hidden_size bias", given -> recurrent(given, Recurrent::gruCell));
    put("LSTMCell", "input_size hidden_size bias", given -> recurrent(given, Recurrent::lstmCell));
    activations();
  }

  private TorchModules() {}

  private static void put(String name, String names, Function<Given, Module> make) {
    MAKERS.put(name, new Maker(names.isEmpty() ? List.of() : List.of(names.split(" ")), make));
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

  private static Conv conv(Given given, int dims, boolean transposed) {
    int in = given.integer("in_channels");
    int out = given.integer("out_channels");
    int[] kernel = given.integers("kernel_size");
    if (kernel.length == 0) {
      throw given.error("it needs 'kernel_size'");
    }
    Conv conv =
        switch (dims) {
          case 1 ->
              transposed ? Conv.convTranspose1d(in, out, kernel) : Conv.conv1d(in, out, kernel);
          case 2 ->
              transposed ? Conv.convTranspose2d(in, out, kernel) : Conv.conv2d(in, out, kernel);
          default ->
              transposed ? Conv.convTranspose3d(in, out, kernel) : Conv.conv3d(in, out, kernel);
        };
    conv =
        conv.stride(given.integers("stride", 1))
            .dilation(given.integers("dilation", 1))
            .groups(given.integer("groups", 1))
            .bias(given.flag("bias", true));
    if (given.isText("padding")) {
      String padding = given.text("padding", "");
      if (!padding.equals("same") && !padding.equals("valid")) {
        throw given.error("padding is numbers, 'same' or 'valid', not '%s'".formatted(padding));
      }
      conv = padding.equals("same") ? conv.paddingSame() : conv.paddingValid();
    } else {
      conv = conv.padding(given.integers("padding", 0));
    }
    if (transposed) {
      conv = conv.outputPadding(given.integers("output_padding", 0));
    }
    String mode = given.text("padding_mode", "zeros");
    return mode.equals("zeros") ? conv : conv.paddingMode(mode);
  }

  private static Module batchNorm(Given given, int dims) {
    int features = given.integer("num_features");
    BatchNorm norm =
        switch (dims) {
          case 0 -> BatchNorm.syncBatchNorm(features);
          case 1 -> BatchNorm.batchNorm1d(features);
          case 2 -> BatchNorm.batchNorm2d(features);
          default -> BatchNorm.batchNorm3d(features);
        };
    norm = given.flag("affine", true) ? norm : norm.notAffine();
    return given.flag("track_running_stats", true) ? norm : norm.untracked();
  }

  private static Module instanceNorm(Given given, int dims) {
    InstanceNorm norm = InstanceNorm.instanceNorm(dims, given.integer("num_features"));
    return given.flag("affine", false) ? norm.affine() : norm;
  }

  private static Module pool(Pool pool, Given given) {
    Pool made = pool;
    if (given.has("stride")) {
      made = made.stride(given.integers("stride"));
    }
    if (given.has("padding")) {
      made = made.padding(given.integers("padding"));
    }
    if (given.has("dilation")) {
      made = made.dilation(given.integers("dilation"));
    }
    return given.flag("ceil_mode", false) ? made.ceilMode() : made;
  }

  private static int[] sizes(Given given) {
    return given.has("output_size") ? given.integersOrNone("output_size") : new int[] {0};
  }

  private static long[] pads(Given given, int dims) {
    long[] pads = given.longs("padding");
    if (pads.length == 1) {
      long[] all = new long[2 * dims];
      java.util.Arrays.fill(all, pads[0]);
      return all;
    }
    return pads;
  }

  /** {@code size} or {@code scale_factor} with {@code mode}, as F.interpolate takes them too. */
  static InterpolationArguments interpolation(Given given) {
    String word = given.text("mode", "nearest");
    Interpolation mode =
        switch (word) {
          case "nearest" -> Interpolation.NEAREST;
          case "nearest-exact" -> Interpolation.NEAREST_EXACT;
          case "linear" -> Interpolation.LINEAR;
          case "bilinear" -> Interpolation.BILINEAR;
          case "bicubic" -> Interpolation.BICUBIC;
          case "trilinear" -> Interpolation.TRILINEAR;
          default ->
              throw given.error(
                  "mode '%s' is not known%s"
                      .formatted(
                          word,
                          Nearest.hint(
                              word,
                              List.of("nearest", "bilinear", "bicubic", "trilinear", "linear"))));
        };
    return given.has("scale_factor")
        ? InterpolationArguments.by(mode, given.numbers("scale_factor"))
        : InterpolationArguments.toSize(mode, given.longs("size"));
  }

  private static Module attention(Given given) {
    int width = given.integer("embed_dim");
    MultiheadAttention attention = new MultiheadAttention(width, given.integer("num_heads"));
    if (given.has("kdim") || given.has("vdim")) {
      attention =
          attention.keysAndValues(given.integer("kdim", width), given.integer("vdim", width));
    }
    if (given.flag("add_bias_kv", false) || given.flag("add_zero_attn", false)) {
      throw given.error("add_bias_kv and add_zero_attn are not known");
    }
    attention = given.flag("bias", true) ? attention : attention.noBias();
    attention = given.flag("batch_first", false) ? attention.batchFirst() : attention;
    return given.flag("need_weights", true) ? attention : attention.withoutWeights();
  }

  /** Makes a recurrent layer of two sizes. */
  private interface Sized {
    Recurrent of(int in, int hidden);
  }

  private static Module recurrent(Given given, Sized maker) {
    Recurrent layer = maker.of(given.integer("input_size"), given.integer("hidden_size"));
    layer = given.has("num_layers") ? layer.layers(given.integer("num_layers")) : layer;
    layer = given.flag("bidirectional", false) ? layer.bidirectional() : layer;
    layer = given.flag("bias", true) ? layer : layer.noBias();
    layer =
        given.integer("proj_size", 0) > 0 ? layer.projection(given.integer("proj_size")) : layer;
    return given.flag("batch_first", false) ? layer.batchFirst() : layer;
  }

  /** The names there are. */
  static Collection<String> names() {
    return new ArrayList<>(new java.util.TreeSet<>(MAKERS.keySet()));
  }

  /** Whether there is a module of that name. */
  static boolean knows(String name) {
    return MAKERS.containsKey(name);
  }

  /** Makes a module, or says what is wrong with its arguments. */
  static Module make(
      String name,
      Syntax call,
      List<@Nullable Object> positional,
      Map<String, @Nullable Object> named) {
    Maker maker = java.util.Objects.requireNonNull(MAKERS.get(name));
    Given given = new Given(call, name, positional, named, maker.names());
    try {
      return maker.make().apply(given);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw given.error(String.valueOf(e.getMessage()));
    }
  }
}
