package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.hardsigmoid;
import static org.whichflops.engine.nn.Activation.hardswishInplace;
import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropoutInplace;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;
import org.whichflops.zoo.ops.Conv2dNormActivation;
import org.whichflops.zoo.ops.SqueezeExcitation;

/**
 * MobileNetV3, "Searching for MobileNetV3" (Howard et al., arXiv 1905.02244, tables 1 and 2);
 * follows torchvision 0.21, models/mobilenetv3.py.
 *
 * <p>The last convolution before the pooling has no squeeze-and-excitation, which table 2 marks for
 * the small network.
 */
public final class MobileNetV3 extends Module {
  private static final ModuleType TYPE =
      ModuleType.of("torchvision.models.mobilenetv3.MobileNetV3");
  private static final ModuleType INVERTED_RESIDUAL =
      ModuleType.of("torchvision.models.mobilenetv3.InvertedResidual");

  private static final Option<Double> WIDTH_MULT =
      Option.factor("width_mult", 1.0, "factor on the number of channels of every layer");
  private static final Option<Boolean> REDUCED_TAIL =
      Option.flag("reduced_tail", false, "halve the channels of the last blocks, for few classes");
  private static final Option<Boolean> DILATED =
      Option.flag("dilated", false, "dilate the last blocks instead of halving the resolution");

  private static final Option<Boolean> EXPAND_ROUNDED =
      Option.flag(
          "expand_rounded",
          false,
          "widen as TF-slim and Keras: expand a block's rounded input, never narrow the last layer");
  private static final Option<Boolean> MINIMALISTIC =
      Option.flag(
          "minimalistic", false, "only 3x3 kernels and ReLU, no squeeze-and-excitation: TF-slim's");

  private static final int STEM = 16;

  /** The blocks at the end that {@code reduced_tail} and {@code dilated} change. */
  private static final int TAIL = 3;

  private static final boolean SE = true;
  private static final boolean NO_SE = false;
  private static final boolean HS = true;
  private static final boolean RE = false;

  /** A row of the paper's tables: hard swish where {@code hs}, else ReLU. */
  private record Row(int kernel, int expanded, int out, boolean se, boolean hs, int stride) {
    Row minimalistic() {
      return new Row(3, expanded, out, NO_SE, RE, stride);
    }

    Row reduced() {
      return new Row(kernel, stride == 1 ? expanded / 2 : expanded, out / 2, se, hs, stride);
    }
  }

  /** Table 1 of the paper. */
  private static final List<Row> LARGE =
      List.of(
          new Row(3, 16, 16, NO_SE, RE, 1),
          new Row(3, 64, 24, NO_SE, RE, 2),
          new Row(3, 72, 24, NO_SE, RE, 1),
          new Row(5, 72, 40, SE, RE, 2),
          new Row(5, 120, 40, SE, RE, 1),
          new Row(5, 120, 40, SE, RE, 1),
          new Row(3, 240, 80, NO_SE, HS, 2),
          new Row(3, 200, 80, NO_SE, HS, 1),
          new Row(3, 184, 80, NO_SE, HS, 1),
          new Row(3, 184, 80, NO_SE, HS, 1),
          new Row(3, 480, 112, SE, HS, 1),
          new Row(3, 672, 112, SE, HS, 1),
          new Row(5, 672, 160, SE, HS, 2),
          new Row(5, 960, 160, SE, HS, 1),
          new Row(5, 960, 160, SE, HS, 1));

  /** Table 2 of the paper. */
  private static final List<Row> SMALL =
      List.of(
          new Row(3, 16, 16, SE, RE, 2),
          new Row(3, 72, 24, NO_SE, RE, 2),
          new Row(3, 88, 24, NO_SE, RE, 1),
          new Row(5, 96, 40, SE, HS, 2),
          new Row(5, 240, 40, SE, HS, 1),
          new Row(5, 240, 40, SE, HS, 1),
          new Row(5, 120, 48, SE, HS, 1),
          new Row(5, 144, 48, SE, HS, 1),
          new Row(5, 288, 96, SE, HS, 2),
          new Row(5, 576, 96, SE, HS, 1),
          new Row(5, 576, 96, SE, HS, 1));

  /** The two networks of the paper. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          mobilenet("mobilenet_v3_large", "table 1", LARGE, 1280),
          mobilenet("mobilenet_v3_small", "table 2", SMALL, 1024));

  private static Architecture mobilenet(String name, String table, List<Row> rows, int last) {
    return Architecture.named(
            name,
            "MobileNetV3",
            "Howard et al. 2019, arXiv 1905.02244, " + table + "; torchvision 0.21",
            InputSize.image(224))
        .options(WIDTH_MULT, REDUCED_TAIL, DILATED, EXPAND_ROUNDED, MINIMALISTIC, NUM_CLASSES)
        .remark(
            "other widths than 1.0 are torchvision's rule; those the paper prints need"
                + " expand_rounded=true")
        .builtBy(
            settings -> {
              boolean plain = settings.get(MINIMALISTIC);
              List<Row> kept = plain ? rows.stream().map(Row::minimalistic).toList() : rows;
              return new MobileNetV3(
                  settings.get(REDUCED_TAIL) ? withReducedTail(kept) : kept,
                  settings.get(REDUCED_TAIL) ? last / 2 : last,
                  new Widening(settings.get(WIDTH_MULT), settings.get(EXPAND_ROUNDED)),
                  settings.get(DILATED),
                  !plain,
                  settings.get(NUM_CLASSES));
            });
  }

  /**
   * How channels scale.
   *
   * @param ofRounded whether a block expands its rounded input by the nominal ratio, and the
   *     classifier's hidden layer is never narrower than nominal, as in TF-slim and Keras
   */
  private record Widening(double factor, boolean ofRounded) {
    int expanded(Row row, int nominalIn, int in) {
      return ofRounded
          ? Channels.divisibleBy8((double) in * row.expanded() / nominalIn)
          : channels(row.expanded(), factor);
    }

    int last(int nominal) {
      return ofRounded ? Math.max(nominal, channels(nominal, factor)) : channels(nominal, factor);
    }
  }

  private static List<Row> withReducedTail(List<Row> rows) {
    int tail = rows.size() - TAIL;
    return Stream.concat(
            rows.subList(0, tail).stream(),
            rows.subList(tail, rows.size()).stream().map(Row::reduced))
        .toList();
  }

  private final Sequential features;
  private final AdaptivePool avgpool;
  private final Sequential classifier;

  private MobileNetV3(
      List<Row> rows, int last, Widening width, boolean dilated, boolean hs, int numClasses) {
    super(TYPE);
    int in = Channels.times(channels(rows.get(rows.size() - 1).out(), width.factor()), 6);
    int hidden = width.last(last);
    features = child("features", features(rows, width, dilated, hs));
    avgpool = child("avgpool", adaptiveAvgPool2d(1));
    classifier =
        child(
            "classifier",
            new Sequential(
                new Linear(in, hidden),
                activation(hs),
                dropoutInplace().p(0.2),
                new Linear(hidden, numClasses)));
  }

  /** The large network up to its pooling, the last blocks dilated: a segmentation's backbone. */
  static Sequential dilatedLargeFeatures() {
    return features(LARGE, new Widening(1.0, false), true, HS);
  }

  private static Conv2dNormActivation normed(Conv conv, @Nullable Activation activation) {
    int channels = conv.hyperparameters().outChannels();
    BatchNorm norm = BatchNorm.batchNorm2d(channels).eps(1e-3).momentum(0.01);
    return new Conv2dNormActivation(conv.noBias(), norm, activation);
  }

  private static int channels(int nominal, double width) {
    return Channels.divisibleBy8(nominal * width);
  }

  private static Activation activation(boolean hs) {
    return hs ? hardswishInplace() : reluInplace();
  }

  private static Sequential features(List<Row> rows, Widening width, boolean dilated, boolean hs) {
    int in = channels(STEM, width.factor());
    int nominalIn = STEM;
    Sequential features =
        new Sequential(normed(conv2d(3, in, 3).stride(2).padding(1), activation(hs)));
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      int hidden = width.expanded(row, nominalIn, in);
      int out = channels(row.out(), width.factor());
      int dilation = dilated && i >= rows.size() - TAIL ? 2 : 1;
      features.add(new InvertedResidual(row, in, hidden, out, dilation));
      in = out;
      nominalIn = row.out();
    }
    return features.add(normed(conv2d(in, Channels.times(in, 6), 1), activation(hs)));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = avgpool.call(y);
    y = Torch.flatten(y, 1);
    return classifier.call(y);
  }

  /** Expands by a 1x1, filters depthwise, scales channels where asked to, projects linearly. */
  private static final class InvertedResidual extends Module {
    private final Sequential block;
    private final boolean residual;

    InvertedResidual(Row row, int in, int hidden, int out, int dilation) {
      super(INVERTED_RESIDUAL);
      Sequential layers = new Sequential();
      if (hidden != in) {
        layers.add(normed(conv2d(in, hidden, 1), activation(row.hs())));
      }
      layers.add(
          normed(
              conv2d(hidden, hidden, row.kernel())
                  .stride(dilation > 1 ? 1 : row.stride())
                  .padding((row.kernel() - 1) / 2 * dilation)
                  .dilation(dilation)
                  .groups(hidden),
              activation(row.hs())));
      if (row.se()) {
        int squeezed = Channels.divisibleBy8(Math.floor(hidden / 4.0));
        layers.add(new SqueezeExcitation(hidden, squeezed, relu(), hardsigmoid()));
      }
      layers.add(normed(conv2d(hidden, out, 1), null));
      block = child("block", layers);
      residual = row.stride() == 1 && in == out;
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = block.call(x);
      return residual ? y.plusAssign(x) : y;
    }
  }
}
