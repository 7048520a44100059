package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.sigmoid;
import static org.whichflops.engine.nn.Activation.siluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropoutInplace;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.ArrayList;
import java.util.List;
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
import org.whichflops.zoo.ops.StochasticDepth;

/**
 * EfficientNet, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks" (Tan and
 * Le, arXiv 1905.11946, table 1), and EfficientNetV2, "EfficientNetV2: Smaller Models and Faster
 * Training" (Tan and Le, arXiv 2104.00298, table 4); follows torchvision 0.21,
 * models/efficientnet.py.
 *
 * <p>The inputs are those of torchvision's weights; B2's is 288, in the authors' code 260.
 */
public final class EfficientNet extends Module {
  private static final ModuleType TYPE =
      ModuleType.of("torchvision.models.efficientnet.EfficientNet");
  private static final ModuleType MB_CONV = ModuleType.of("torchvision.models.efficientnet.MBConv");
  private static final ModuleType FUSED_MB_CONV =
      ModuleType.of("torchvision.models.efficientnet.FusedMBConv");

  private static final String V1 = "Tan and Le 2019, arXiv 1905.11946, table 1; torchvision 0.21";
  private static final String V2 = "Tan and Le 2021, arXiv 2104.00298, table 4; torchvision 0.21";

  private static final boolean MB = false;
  private static final boolean FUSED = true;

  /** A row of the papers' tables. */
  private record Stage(
      boolean fused, int expansion, int kernel, int stride, int channels, int layers) {
    Stage scaled(double width, double depth) {
      return new Stage(
          fused,
          expansion,
          kernel,
          stride,
          Channels.divisibleBy8(channels * width),
          (int) Math.ceil(layers * depth));
    }

    /** As the second version's code: to the nearest multiple of 8, whatever that takes off. */
    Stage scaled2(double width, double depth) {
      int all = (int) Math.ceil(layers * depth);
      return new Stage(fused, expansion, kernel, stride, Channels.nearest8(channels * width), all);
    }
  }

  /** Table 1 of the first paper. */
  private static final List<Stage> B =
      List.of(
          new Stage(MB, 1, 3, 1, 16, 1),
          new Stage(MB, 6, 3, 2, 24, 2),
          new Stage(MB, 6, 5, 2, 40, 2),
          new Stage(MB, 6, 3, 2, 80, 3),
          new Stage(MB, 6, 5, 1, 112, 3),
          new Stage(MB, 6, 5, 2, 192, 4),
          new Stage(MB, 6, 3, 1, 320, 1));

  private static final int B_STEM = 32;

  /** Table 4 of the second paper; M and L after it are in the authors' code. */
  private static final List<Stage> S =
      List.of(
          new Stage(FUSED, 1, 3, 1, 24, 2),
          new Stage(FUSED, 4, 3, 2, 48, 4),
          new Stage(FUSED, 4, 3, 2, 64, 4),
          new Stage(MB, 4, 3, 2, 128, 6),
          new Stage(MB, 6, 3, 1, 160, 9),
          new Stage(MB, 6, 3, 2, 256, 15));

  private static final List<Stage> M =
      List.of(
          new Stage(FUSED, 1, 3, 1, 24, 3),
          new Stage(FUSED, 4, 3, 2, 48, 5),
          new Stage(FUSED, 4, 3, 2, 80, 5),
          new Stage(MB, 4, 3, 2, 160, 7),
          new Stage(MB, 6, 3, 1, 176, 14),
          new Stage(MB, 6, 3, 2, 304, 18),
          new Stage(MB, 6, 3, 1, 512, 5));

  private static final List<Stage> L =
      List.of(
          new Stage(FUSED, 1, 3, 1, 32, 4),
          new Stage(FUSED, 4, 3, 2, 64, 7),
          new Stage(FUSED, 4, 3, 2, 96, 7),
          new Stage(MB, 4, 3, 2, 192, 10),
          new Stage(MB, 6, 3, 1, 224, 19),
          new Stage(MB, 6, 3, 2, 384, 25),
          new Stage(MB, 6, 3, 1, 640, 7));

  private static final List<Stage> XL =
      List.of(
          new Stage(FUSED, 1, 3, 1, 32, 4),
          new Stage(FUSED, 4, 3, 2, 64, 8),
          new Stage(FUSED, 4, 3, 2, 96, 8),
          new Stage(MB, 4, 3, 2, 192, 16),
          new Stage(MB, 6, 3, 1, 256, 24),
          new Stage(MB, 6, 3, 2, 512, 32),
          new Stage(MB, 6, 3, 1, 640, 8));

  /** What B0 to B3 of the second version are scaled from: in the authors' code alone. */
  private static final List<Stage> V2_BASE =
      List.of(
          new Stage(FUSED, 1, 3, 1, 16, 1),
          new Stage(FUSED, 4, 3, 2, 32, 2),
          new Stage(FUSED, 4, 3, 2, 48, 2),
          new Stage(MB, 4, 3, 2, 96, 3),
          new Stage(MB, 6, 3, 1, 112, 5),
          new Stage(MB, 6, 3, 2, 192, 8));

  private static final int V2_LAST = 1280;

  /** What matters in training alone: batch norms' eps and momentum, and the last dropout's p. */
  private record Training(double eps, double momentum, double p) {
    Training dropout(double p) {
      return new Training(eps, momentum, p);
    }

    BatchNorm norm(int channels) {
      return BatchNorm.batchNorm2d(channels).eps(eps).momentum(momentum);
    }
  }

  private static final Training PLAIN = new Training(1e-5, 0.1, 0);
  private static final Training SMALL_EPS = new Training(1e-3, 0.1, 0);
  private static final Training TENSORFLOW = new Training(1e-3, 0.01, 0);

  /** The probability that a last block would be dropped with, were there one more. */
  private static final double STOCHASTIC_DEPTH = 0.2;

  /** B0 to B7 by width, depth and resolution, and V2: torchvision has its S, M and L. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          scaled("efficientnet_b0", 1.0, 1.0, 224, PLAIN.dropout(0.2)),
          scaled("efficientnet_b1", 1.0, 1.1, 240, PLAIN.dropout(0.2)),
          scaled("efficientnet_b2", 1.1, 1.2, 288, PLAIN.dropout(0.3)),
          scaled("efficientnet_b3", 1.2, 1.4, 300, PLAIN.dropout(0.3)),
          scaled("efficientnet_b4", 1.4, 1.8, 380, PLAIN.dropout(0.4)),
          scaled("efficientnet_b5", 1.6, 2.2, 456, TENSORFLOW.dropout(0.4)),
          scaled("efficientnet_b6", 1.8, 2.6, 528, TENSORFLOW.dropout(0.5)),
          scaled("efficientnet_b7", 2.0, 3.1, 600, TENSORFLOW.dropout(0.5)),
          version2("efficientnet_v2_s", 24, S, 384, SMALL_EPS.dropout(0.2)),
          version2("efficientnet_v2_m", 24, M, 480, SMALL_EPS.dropout(0.3)),
          version2("efficientnet_v2_l", 32, L, 480, SMALL_EPS.dropout(0.4)),
          version2("efficientnet_v2_xl", 32, XL, 512, SMALL_EPS.dropout(0.4)),
          scaled2("efficientnet_v2_b0", 1.0, 1.0, 224),
          scaled2("efficientnet_v2_b1", 1.0, 1.1, 240),
          scaled2("efficientnet_v2_b2", 1.1, 1.2, 260),
          scaled2("efficientnet_v2_b3", 1.2, 1.4, 300));

  private static Architecture scaled(
      String name, double width, double depth, int resolution, Training training) {
    Option<Double> widthMult =
        Option.factor("width_mult", width, "factor on the number of channels of every layer");
    Option<Double> depthMult =
        Option.factor("depth_mult", depth, "factor on the number of layers of every stage");
    return Architecture.named(name, "EfficientNet", V1, InputSize.image(resolution))
        .options(widthMult, depthMult, NUM_CLASSES)
        .builtBy(
            settings -> {
              double w = settings.get(widthMult);
              double d = settings.get(depthMult);
              List<Stage> stages = new ArrayList<>();
              for (Stage stage : B) {
                stages.add(stage.scaled(w, d));
              }
              int last = Channels.times(stages.get(stages.size() - 1).channels(), 4);
              return new EfficientNet(
                  Channels.divisibleBy8(B_STEM * w),
                  stages,
                  last,
                  settings.get(NUM_CLASSES),
                  training);
            });
  }

  private static Architecture version2(
      String name, int stem, List<Stage> stages, int resolution, Training training) {
    return Architecture.named(name, "EfficientNetV2", V2, InputSize.image(resolution))
        .options(NUM_CLASSES)
        .builtBy(
            settings ->
                new EfficientNet(stem, stages, V2_LAST, settings.get(NUM_CLASSES), training));
  }

  /** A network of google/automl's effnetv2_configs.py, made of torchvision's modules. */
  private static Architecture scaled2(String name, double width, double depth, int resolution) {
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : V2_BASE) {
      stages.add(stage.scaled2(width, depth));
    }
    int stem = Channels.nearest8(B_STEM * width);
    int last = Channels.nearest8(V2_LAST * width);
    Training training = SMALL_EPS.dropout(0.2);
    String source = V2 + "; sizes of google/automl, effnetv2_configs.py";
    return Architecture.named(name, "EfficientNetV2", source, InputSize.image(resolution))
        .options(NUM_CLASSES)
        .builtBy(
            settings -> new EfficientNet(stem, stages, last, settings.get(NUM_CLASSES), training));
  }

  private final Sequential features;
  private final AdaptivePool avgpool;
  private final Sequential classifier;

  private EfficientNet(int stem, List<Stage> stages, int last, int numClasses, Training training) {
    super(TYPE);
    Builder builder = new Builder(training, stages);
    features =
        child(
            "features",
            new Sequential(builder.conv(conv2d(3, stem, 3).stride(2).padding(1), siluInplace())));
    int in = stem;
    for (Stage stage : stages) {
      features.add(builder.blocks(stage, in));
      in = stage.channels();
    }
    features.add(builder.conv(conv2d(in, last, 1), siluInplace()));
    avgpool = child("avgpool", adaptiveAvgPool2d(1));
    classifier =
        child(
            "classifier",
            new Sequential(dropoutInplace().p(training.p()), new Linear(last, numClasses)));
  }

  /** Makes blocks one after the other; deeper ones are dropped more often in training. */
  private static final class Builder {
    private final Training training;
    private int total;
    private int made;

    Builder(Training training, List<Stage> stages) {
      this.training = training;
      for (Stage stage : stages) {
        total += stage.layers();
      }
    }

    Conv2dNormActivation conv(Conv conv, @Nullable Activation activation) {
      int channels = conv.hyperparameters().outChannels();
      return new Conv2dNormActivation(conv.noBias(), training.norm(channels), activation);
    }

    Sequential blocks(Stage stage, int in) {
      Sequential blocks = new Sequential(block(stage, in, stage.stride()));
      for (int i = 1; i < stage.layers(); i++) {
        blocks.add(block(stage, stage.channels(), 1));
      }
      return blocks;
    }

    Block block(Stage stage, int in, int stride) {
      int hidden = Channels.divisibleBy8((double) in * stage.expansion());
      double depth = STOCHASTIC_DEPTH * (double) made++ / total;
      boolean residual = stride == 1 && in == stage.channels();
      return stage.fused()
          ? new Block(FUSED_MB_CONV, fusedMbConv(stage, in, hidden, stride), residual, depth)
          : new Block(MB_CONV, mbConv(stage, in, hidden, stride), residual, depth);
    }

    /** Expands by a 1x1, filters depthwise, scales channels, projects linearly. */
    Sequential mbConv(Stage stage, int in, int hidden, int stride) {
      Sequential layers = new Sequential();
      if (hidden != in) {
        layers.add(conv(conv2d(in, hidden, 1), siluInplace()));
      }
      layers.add(conv(filter(stage, hidden, hidden, stride).groups(hidden), siluInplace()));
      int squeezed = Math.max(1, in / 4);
      layers.add(new SqueezeExcitation(hidden, squeezed, siluInplace(), sigmoid()));
      return layers.add(conv(conv2d(hidden, stage.channels(), 1), null));
    }

    /** Expands and filters by one convolution, projects linearly. */
    Sequential fusedMbConv(Stage stage, int in, int hidden, int stride) {
      if (hidden == in) {
        return new Sequential(conv(filter(stage, in, stage.channels(), stride), siluInplace()));
      }
      return new Sequential(
          conv(filter(stage, in, hidden, stride), siluInplace()),
          conv(conv2d(hidden, stage.channels(), 1), null));
    }
  }

  private static Conv filter(Stage stage, int in, int out, int stride) {
    return conv2d(in, out, stage.kernel()).stride(stride).padding((stage.kernel() - 1) / 2);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = avgpool.call(y);
    y = Torch.flatten(y, 1);
    return classifier.call(y);
  }

  /** Layers with a shortcut around them where sizes allow. */
  private static final class Block extends Module {
    private final Sequential block;
    private final StochasticDepth stochasticDepth;
    private final boolean residual;

    Block(ModuleType type, Sequential layers, boolean residual, double depth) {
      super(type);
      block = child("block", layers);
      stochasticDepth = child("stochastic_depth", new StochasticDepth(depth));
      this.residual = residual;
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = block.call(x);
      return residual ? stochasticDepth.call(y).plusAssign(x) : y;
    }
  }
}
