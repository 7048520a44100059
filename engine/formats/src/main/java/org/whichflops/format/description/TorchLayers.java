package org.whichflops.format.description;

import java.util.Arrays;
import java.util.List;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.InstanceNorm;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.MultiheadAttention;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.nn.RmsNorm;
import org.whichflops.engine.nn.TransformerEncoderLayer;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;

/** Makes modules of {@code torch.nn} that take many arguments. */
final class TorchLayers {
  private TorchLayers() {}

  static Conv conv(Given given, int dims, boolean transposed) {
    int in = given.integer("in_channels");
    int out = given.integer("out_channels");
    int[] kernel = given.integers("kernel_size");
    if (kernel.length == 0) {
      throw given.error("it needs 'kernel_size'");
    }
    String word = given.isText("padding") ? given.text("padding", "") : "";
    if (given.isText("padding") && !word.equals("same") && !word.equals("valid")) {
      throw given.error("padding is numbers, 'same' or 'valid', not '%s'".formatted(word));
    }
    Conv conv =
        Conv.of(
            new ConvolutionArguments(
                dims,
                in,
                out,
                Extents.of(kernel),
                Extents.of(given.integers("stride", 1)),
                switch (word) {
                  case "same" -> null;
                  case "valid" -> Extents.of(0);
                  default -> Extents.of(given.integers("padding", 0));
                },
                transposed ? Extents.of(given.integers("output_padding", 0)) : Extents.of(0),
                Extents.of(given.integers("dilation", 1)),
                given.integer("groups", 1),
                given.flag("bias", true),
                transposed));
    conv = word.equals("valid") ? conv.paddingValid() : conv;
    String mode = given.text("padding_mode", "zeros");
    return mode.equals("zeros") ? conv : conv.paddingMode(mode);
  }

  static Module batchNorm(Given given, int dims) {
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

  static Module instanceNorm(Given given, int dims) {
    InstanceNorm norm = InstanceNorm.instanceNorm(dims, given.integer("num_features"));
    norm = given.flag("affine", false) ? norm.affine() : norm;
    return given.flag("track_running_stats", false) ? norm.tracked() : norm;
  }

  static Module layerNorm(Given given) {
    LayerNorm norm = new LayerNorm(given.longs("normalized_shape"));
    if (!given.flag("elementwise_affine", true)) {
      return norm.notAffine();
    }
    return given.flag("bias", true) ? norm : norm.noBias();
  }

  static Module rmsNorm(Given given) {
    RmsNorm norm = new RmsNorm(given.longs("normalized_shape"));
    return given.flag("elementwise_affine", true) ? norm : norm.notAffine();
  }

  static Module groupNorm(Given given) {
    GroupNorm norm = new GroupNorm(given.integer("num_groups"), given.integer("num_channels"));
    return given.flag("affine", true) ? norm : norm.notAffine();
  }

  static Module pool(Pool pool, Given given) {
    refuseIndices(given);
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

  /** With {@code return_indices=True} a pooling returns two tensors, and runs another operator. */
  static void refuseIndices(Given given) {
    if (given.flag("return_indices", false)) {
      throw given.error("return_indices=True is not known");
    }
  }

  static int[] sizes(Given given) {
    refuseIndices(given);
    return given.has("output_size") ? given.integersOrNone("output_size") : new int[] {0};
  }

  static long[] pads(Given given, int dims) {
    long[] pads = given.longs("padding");
    if (pads.length == 1) {
      long[] all = new long[2 * dims];
      Arrays.fill(all, pads[0]);
      return all;
    }
    return pads;
  }

  /** {@code size} or {@code scale_factor} with {@code mode}, as F.interpolate takes them too. */
  static InterpolationArguments interpolation(Given given) {
    if (given.flag("antialias", false)) {
      throw given.error("antialias=True is not known");
    }
    String word = given.text("mode", "nearest");
    for (Interpolation mode : Interpolation.values()) {
      if (mode.word().equals(word)) {
        return interpolation(given, mode);
      }
    }
    List<String> words = Arrays.stream(Interpolation.values()).map(Interpolation::word).toList();
    throw given.error("mode '%s' is not known%s".formatted(word, Nearest.hint(word, words)));
  }

  /** The same where the class or the function says the mode. */
  static InterpolationArguments interpolation(Given given, Interpolation mode) {
    if (!given.has("scale_factor")) {
      return InterpolationArguments.toSize(mode, given.longs("size"));
    }
    InterpolationArguments by = InterpolationArguments.by(mode, given.numbers("scale_factor"));
    return given.flag("recompute_scale_factor", false) ? by.recomputed() : by;
  }

  static Module attention(Given given) {
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

  static Module encoderLayer(Given given) {
    String activation = given.text("activation", "relu");
    if (!activation.equals("relu") && !activation.equals("gelu")) {
      throw given.error("activation is 'relu' or 'gelu', not '%s'".formatted(activation));
    }
    return new TransformerEncoderLayer(
        new TransformerEncoderLayer.Given(
            given.integer("d_model"),
            given.integer("nhead"),
            given.integer("dim_feedforward", 2048),
            activation.equals("gelu"),
            given.flag("batch_first", false),
            given.flag("norm_first", false),
            given.flag("bias", true)));
  }

  /** Makes a recurrent layer of two sizes. */
  interface Sized {
    Recurrent of(int in, int hidden);
  }

  static Module recurrent(Given given, Sized maker) {
    Recurrent layer = maker.of(given.integer("input_size"), given.integer("hidden_size"));
    layer = given.has("num_layers") ? layer.layers(given.integer("num_layers")) : layer;
    layer = given.flag("bidirectional", false) ? layer.bidirectional() : layer;
    layer = given.flag("bias", true) ? layer : layer.noBias();
    layer =
        given.integer("proj_size", 0) > 0 ? layer.projection(given.integer("proj_size")) : layer;
    return given.flag("batch_first", false) ? layer.batchFirst() : layer;
  }
}
