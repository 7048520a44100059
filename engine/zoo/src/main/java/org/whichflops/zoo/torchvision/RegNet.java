package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.Activation.sigmoid;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;
import static org.whichflops.zoo.ops.Conv2dNormActivation.batchNormed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;
import org.whichflops.zoo.ops.Conv2dNormActivation;
import org.whichflops.zoo.ops.SqueezeExcitation;
import org.whichflops.zoo.torchvision.RegNetStages.Rounding;

/**
 * RegNetX and RegNetY, "Designing Network Design Spaces" (Radosavovic et al., arXiv 2003.13678);
 * follows torchvision 0.21, models/regnet.py. RegNetY has squeeze-and-excitation.
 *
 * <p>{@code regnet_y_128gf} is not in the paper; it is from "Revisiting Weakly Supervised
 * Pre-Training of Visual Perception Models" (Singh et al., arXiv 2201.08371).
 */
public final class RegNet extends Module {
  private static final String FILE = "torchvision.models.regnet.";
  private static final ModuleType TYPE = ModuleType.of(FILE + "RegNet");
  private static final ModuleType STEM = Conv2dNormActivation.TYPE.subclass(FILE + "SimpleStemIN");
  private static final ModuleType STAGE = Sequential.TYPE.subclass(FILE + "AnyStage");
  private static final ModuleType BLOCK = ModuleType.of(FILE + "ResBottleneckBlock");
  private static final ModuleType TRANSFORM =
      Sequential.TYPE.subclass(FILE + "BottleneckTransform");

  private static final String SOURCE =
      "Radosavovic et al. 2020, arXiv 2003.13678; torchvision 0.21";

  private static final int STEM_WIDTH = 32;

  /** Squeezed channels of RegNetY, in channels of the block's input. */
  private static final double SE_RATIO = 0.25;

  private static final double NO_SE = 0;

  private static final Option<Integer> DEPTH = Option.layers("depth", 22, "number of blocks");
  private static final Option<Integer> W0 =
      Option.count("w0", 24, "width of the first block, a multiple of 8");
  private static final Option<Double> WA =
      new Option<>(
          "wa",
          "a number of 0 or more",
          24.48,
          "what the width grows by from block to block",
          RegNet::readSlope);
  private static final Option<Double> WM =
      Option.factor("wm", 2.54, "factor between the widths of stages, above 1");
  private static final Option<Integer> GROUP_WIDTH =
      Option.count("group_width", 16, "channels of a group in the 3x3 convolutions");
  private static final Option<Double> BOTTLENECK =
      Option.factor("bottleneck_multiplier", 1.0, "inner channels of a block, in outer ones");
  private static final Option<Boolean> SE =
      Option.flag("se", false, "have squeeze-and-excitation, as RegNetY");

  /** By depth, w_0, w_a, w_m, group width and squeeze-and-excitation. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          regnet("regnet_x_400mf", 22, 24, 24.48, 2.54, 16, NO_SE),
          regnet("regnet_x_800mf", 16, 56, 35.73, 2.28, 16, NO_SE),
          regnet("regnet_x_1_6gf", 18, 80, 34.01, 2.25, 24, NO_SE),
          regnet("regnet_x_3_2gf", 25, 88, 26.31, 2.25, 48, NO_SE),
          regnet("regnet_x_8gf", 23, 80, 49.56, 2.88, 120, NO_SE),
          regnet("regnet_x_16gf", 22, 216, 55.59, 2.1, 128, NO_SE),
          regnet("regnet_x_32gf", 23, 320, 69.86, 2.0, 168, NO_SE),
          regnet("regnet_y_400mf", 16, 48, 27.89, 2.09, 8, SE_RATIO),
          regnet("regnet_y_800mf", 14, 56, 38.84, 2.4, 16, SE_RATIO),
          regnet("regnet_y_1_6gf", 27, 48, 20.71, 2.65, 24, SE_RATIO),
          regnet("regnet_y_3_2gf", 21, 80, 42.63, 2.66, 24, SE_RATIO),
          regnet("regnet_y_8gf", 17, 192, 76.82, 2.19, 56, SE_RATIO),
          regnet("regnet_y_16gf", 18, 200, 106.23, 2.48, 112, SE_RATIO),
          regnet("regnet_y_32gf", 20, 232, 115.89, 2.53, 232, SE_RATIO),
          regnet("regnet_y_128gf", 27, 456, 160.83, 2.52, 264, SE_RATIO),
          designSpace());

  private static Double readSlope(String text) {
    double slope = Double.parseDouble(text);
    if (!(slope >= 0) || Double.isInfinite(slope)) {
      throw new IllegalArgumentException(text);
    }
    return slope;
  }

  private static Architecture regnet(
      String name, int depth, int w0, double wa, double wm, int groupWidth, double seRatio) {
    RegNetStages parameters =
        new RegNetStages(depth, w0, wa, wm, groupWidth, 1.0, Rounding.UP_PAST_A_TENTH);
    return Architecture.named(name, "RegNet", SOURCE, InputSize.image(224))
        .options(NUM_CLASSES)
        .builtBy(settings -> new RegNet(parameters, seRatio, settings.get(NUM_CLASSES)));
  }

  private static Architecture designSpace() {
    return Architecture.named("regnet", "RegNet", SOURCE, InputSize.image(224))
        .options(W0, WA, WM, DEPTH, GROUP_WIDTH, BOTTLENECK, SE, NUM_CLASSES)
        .remark("any network of the design space; without options regnet_x_400mf")
        .builtBy(
            settings ->
                new RegNet(
                    new RegNetStages(
                        settings.get(DEPTH),
                        settings.get(W0),
                        settings.get(WA),
                        settings.get(WM),
                        settings.get(GROUP_WIDTH),
                        settings.get(BOTTLENECK),
                        Rounding.UP_PAST_A_TENTH),
                    settings.get(SE) ? SE_RATIO : NO_SE,
                    settings.get(NUM_CLASSES)));
  }

  /**
   * A network of the design space, for those published elsewhere.
   *
   * @param nearest whether widths are rounded to the nearest multiple of the group width, as in
   *     pycls; torchvision's rule is to go up where that takes off more than a tenth
   * @param se whether it is a RegNetY
   */
  public static RegNet of(
      int depth,
      int w0,
      double wa,
      double wm,
      int groupWidth,
      boolean se,
      boolean nearest,
      int numClasses) {
    Rounding rounding = nearest ? Rounding.NEAREST : Rounding.UP_PAST_A_TENTH;
    return new RegNet(
        new RegNetStages(depth, w0, wa, wm, groupWidth, 1.0, rounding),
        se ? SE_RATIO : NO_SE,
        numClasses);
  }

  private final Conv2dNormActivation stem;
  private final Sequential trunkOutput;
  private final AdaptivePool avgpool;
  private final Linear fc;

  private RegNet(RegNetStages parameters, double seRatio, int numClasses) {
    super(TYPE);
    stem =
        child(
            "stem",
            new Conv2dNormActivation(
                STEM,
                conv2d(3, STEM_WIDTH, 3).stride(2).padding(1).noBias(),
                batchNorm2d(STEM_WIDTH),
                reluInplace()));
    trunkOutput = child("trunk_output", new Sequential());
    List<RegNetStages.Stage> stages = parameters.stages();
    int in = STEM_WIDTH;
    for (int i = 1; i <= stages.size(); i++) {
      RegNetStages.Stage stage = stages.get(i - 1);
      Sequential blocks = new Sequential(STAGE);
      for (int j = 0; j < stage.depth(); j++) {
        Block block = new Block(in, stage, parameters.inner(stage), j == 0 ? 2 : 1, seRatio);
        blocks.add("block" + i + "-" + j, block);
        in = stage.width();
      }
      trunkOutput.add("block" + i, blocks);
    }
    avgpool = child("avgpool", adaptiveAvgPool2d(1, 1));
    fc = child("fc", new Linear(in, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = stem.call(x);
    y = trunkOutput.call(y);
    y = avgpool.call(y);
    y = y.flatten(1);
    return fc.call(y);
  }

  /** A 1x1, a 3x3 in groups, squeeze-and-excitation in RegNetY, a 1x1, and a shortcut. */
  private static final class Block extends Module {
    private final @Nullable Conv2dNormActivation proj;
    private final Sequential f;
    private final Activation activation;

    Block(int in, RegNetStages.Stage stage, int inner, int stride, double seRatio) {
      super(BLOCK);
      int out = stage.width();
      proj =
          in == out && stride == 1
              ? null
              : child("proj", batchNormed(conv2d(in, out, 1).stride(stride), null));
      f = child("f", transform(in, stage, inner, stride, seRatio));
      activation = child("activation", reluInplace());
    }

    private static Sequential transform(
        int in, RegNetStages.Stage stage, int inner, int stride, double seRatio) {
      int out = stage.width();
      int groups = inner / stage.groupWidth();
      Sequential layers = new Sequential(TRANSFORM);
      layers.add("a", batchNormed(conv2d(in, inner, 1), reluInplace()));
      layers.add(
          "b",
          batchNormed(
              conv2d(inner, inner, 3).stride(stride).padding(1).groups(groups), reluInplace()));
      if (seRatio > 0) {
        int squeezed = (int) Math.rint(seRatio * in);
        layers.add("se", new SqueezeExcitation(inner, squeezed, relu(), sigmoid()));
      }
      return layers.add("c", batchNormed(conv2d(inner, out, 1), null));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor shortcut = proj == null ? x : proj.call(x);
      return activation.call(shortcut.plus(f.call(x)));
    }
  }
}
