package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.BatchNorm;
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
import org.whichflops.engine.nn.Upsample;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.RecurrentArguments;

/** A module of {@code torch.nn} as Python makes it: {@code Conv2d(3, 64, 7, stride=2)}. */
final class ConstructorText {
  private ConstructorText() {}

  /** The text, or null where the module is none of PyTorch's. */
  static @Nullable String of(Module module) {
    String arguments = arguments(module);
    return arguments == null ? null : name(module) + "(" + arguments + ")";
  }

  /** The class of torch.nn that does the module's work; the module's own may derive from it. */
  private static String name(Module module) {
    if (module instanceof Conv conv) {
      ConvolutionArguments of = conv.hyperparameters();
      return (of.transposed() ? "ConvTranspose" : "Conv") + of.dims() + "d";
    }
    if (module instanceof Linear) {
      return "Linear";
    }
    if (module instanceof LayerNorm) {
      return "LayerNorm";
    }
    if (module instanceof GroupNorm) {
      return "GroupNorm";
    }
    return module.type().name();
  }

  private static @Nullable String arguments(Module module) {
    if (module instanceof Conv conv) {
      return convolution(conv);
    }
    if (module instanceof Linear linear) {
      return linear.inFeatures()
          + ", "
          + linear.weightParameter().size(0)
          + (linear.biasParameter() == null ? ", bias=False" : "");
    }
    if (module instanceof BatchNorm norm) {
      return norm.channels()
          + (norm.parameters().isEmpty() ? ", affine=False" : "")
          + (norm.buffers().isEmpty() ? ", track_running_stats=False" : "");
    }
    if (module instanceof InstanceNorm norm) {
      return norm.channels()
          + (norm.parameters().isEmpty() ? "" : ", affine=True")
          + (norm.buffers().isEmpty() ? "" : ", track_running_stats=True");
    }
    if (module instanceof GroupNorm norm) {
      return norm.groups()
          + ", "
          + norm.channels()
          + (norm.parameters().isEmpty() ? ", affine=False" : "");
    }
    if (module instanceof LayerNorm norm) {
      return tuple(norm.normalized().sizes())
          + (norm.parameters().isEmpty()
              ? ", elementwise_affine=False"
              : norm.parameters().containsKey("bias") ? "" : ", bias=False");
    }
    if (module instanceof RmsNorm norm) {
      return tuple(norm.normalized().sizes())
          + (norm.parameters().isEmpty() ? ", elementwise_affine=False" : "");
    }
    if (module instanceof Activation activation) {
      return activation(activation.function());
    }
    if (module instanceof Pool pool) {
      return pooling(module.type().name(), pool.hyperparameters());
    }
    if (module instanceof AdaptivePool pool) {
      return adaptive(pool.hyperparameters().size());
    }
    if (module instanceof Recurrent layer) {
      return recurrent(layer.hyperparameters());
    }
    if (module instanceof MultiheadAttention attention) {
      return attention(attention);
    }
    if (module instanceof Upsample upsample) {
      return module.type().name().equals("Upsample")
          ? interpolation(upsample.hyperparameters())
          : enlarged(upsample.hyperparameters());
    }
    return small(module);
  }

  private static @Nullable String small(Module module) {
    if (module instanceof Dropout dropout) {
      return dropout.isInplace() ? "inplace=True" : "";
    }
    if (module instanceof Flatten flatten) {
      return flatten.sizes().length > 0
          ? flatten.from() + ", " + tuple(flatten.sizes())
          : flatten.from() == 1 && flatten.to() == -1 ? "" : flatten.from() + ", " + flatten.to();
    }
    if (module instanceof Embedding embedding) {
      return embedding.table().size(0) + ", " + embedding.table().size(1);
    }
    if (module instanceof Softmax softmax) {
      return module.type().name().equals("Softmax2d") ? "" : "dim=" + softmax.dim();
    }
    if (module instanceof Glu glu) {
      return "dim=" + glu.dim();
    }
    if (module instanceof PReLU prelu) {
      return "" + java.util.Objects.requireNonNull(prelu.weight()).numel();
    }
    if (module instanceof PixelShuffle shuffle) {
      return "" + shuffle.factor();
    }
    if (module instanceof LocalResponseNorm norm) {
      return "" + norm.size();
    }
    if (module instanceof Pad pad) {
      return tuple(pad.pads());
    }
    if (module instanceof ChannelShuffle shuffle) {
      return "" + shuffle.groups();
    }
    return module instanceof Identity ? "" : null;
  }

  private static String convolution(Conv conv) {
    ConvolutionArguments of = conv.hyperparameters();
    StringBuilder text = new StringBuilder();
    text.append(of.inChannels()).append(", ").append(of.outChannels());
    text.append(", ").append(extents(of.kernel()));
    unless(text, "stride", of.stride(), 1);
    Extents padding = of.padding();
    if (padding == null || conv.isPaddingValid()) {
      text.append(", padding=").append(padding == null ? "'same'" : "'valid'");
    } else {
      unless(text, "padding", padding, 0);
    }
    unless(text, "dilation", of.dilation(), 1);
    unless(text, "output_padding", of.outputPadding(), 0);
    if (of.groups() != 1) {
      text.append(", groups=").append(of.groups());
    }
    if (!of.bias()) {
      text.append(", bias=False");
    }
    if (!conv.paddingMode().equals("zeros")) {
      text.append(", padding_mode='").append(conv.paddingMode()).append('\'');
    }
    return text.toString();
  }

  private static void unless(StringBuilder text, String name, Extents values, int usual) {
    if (!values.equals(Extents.of(usual).over(values.count()))) {
      text.append(", ").append(name).append('=').append(extents(values));
    }
  }

  /** One number where all are the same. */
  static String extents(Extents values) {
    for (int i = 1; i < values.count(); i++) {
      if (values.get(i) != values.get(0)) {
        return all(values);
      }
    }
    return "" + values.get(0);
  }

  /** One number where one was given, else all: a pooling's window, of which tools tell that. */
  private static String given(Extents values) {
    return values.isNumber() ? "" + values.get(0) : all(values);
  }

  private static String all(Extents values) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < values.count(); i++) {
      all.add("" + values.get(i));
    }
    return "(" + String.join(", ", all) + (all.size() == 1 ? ",)" : ")");
  }

  /** A number, or several in brackets. */
  static String tuple(long... values) {
    return values.length == 1
        ? "" + values[0]
        : Arrays.stream(values)
            .mapToObj(Long::toString)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String activation(Activations function) {
    return function.name().endsWith("_INPLACE")
        ? "inplace=True"
        : function == Activations.GELU_TANH ? "approximate='tanh'" : "";
  }

  /** The arguments behind the input of a pooling module, and of its function. */
  static String pooling(String name, PoolingArguments of) {
    StringBuilder text = new StringBuilder();
    text.append(name.startsWith("LP") ? "2, " : "").append(given(of.kernel()));
    if (!of.stride().equals(of.kernel())) {
      text.append(", stride=").append(given(of.stride()));
    }
    unless(text, "padding", of.padding(), 0);
    unless(text, "dilation", of.dilation(), 1);
    return text.append(of.ceilMode() ? ", ceil_mode=True" : "").toString();
  }

  /** Output sizes, of which 0 keeps the input's. */
  static String adaptive(Extents size) {
    String text = extents(size);
    return text.equals("0")
        ? "None"
        : text.replace("(0,", "(None,").replace(" 0,", " None,").replace(" 0)", " None)");
  }

  /** The arguments of a recurrent layer, and of its function behind the input. */
  static String recurrent(RecurrentArguments of) {
    return of.inputSize()
        + ", "
        + of.hiddenSize()
        + (of.layers() == 1 ? "" : ", num_layers=" + of.layers())
        + (of.bias() ? "" : ", bias=False")
        + (of.batchFirst() ? ", batch_first=True" : "")
        + (of.bidirectional() ? ", bidirectional=True" : "")
        + (of.projection() == 0 ? "" : ", proj_size=" + of.projection());
  }

  private static String attention(MultiheadAttention of) {
    Call none = new ForwardPass(Mode.DECOMPOSED).begin(of, of);
    long width = of.attribute(Attribute.EMBEDDING, none);
    long keys = of.attribute(Attribute.KEY_WIDTH, none);
    long values = of.attribute(Attribute.VALUE_WIDTH, none);
    return width
        + ", "
        + of.attribute(Attribute.HEADS, none)
        + (of.attribute(Attribute.BIAS, none) == 0 ? ", bias=False" : "")
        + (keys == width ? "" : ", kdim=" + keys)
        + (values == width ? "" : ", vdim=" + values)
        + (of.isBatchFirst() ? ", batch_first=True" : "")
        + (of.returnsWeights() ? "" : ", need_weights=False");
  }

  /** {@code size} or {@code scale_factor}, and {@code mode}. */
  static String interpolation(InterpolationArguments of) {
    boolean unsaid = !of.isRecomputed() || of.interpolation() == Interpolation.AREA;
    return enlarged(of)
        + (", mode='" + of.interpolation().word() + "'")
        + (unsaid ? "" : ", recompute_scale_factor=True");
  }

  private static String enlarged(InterpolationArguments of) {
    long[] sizes = of.sizes();
    double[] scales = of.scales();
    return sizes != null
        ? "size=" + tuple(sizes)
        : "scale_factor="
            + (scales != null && scales.length == 1
                ? "" + scales[0]
                : Arrays.toString(scales == null ? new double[0] : scales));
  }
}
