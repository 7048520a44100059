package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.sigmoid;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;
import static org.whichflops.zoo.ops.Conv2dNormActivation.batchNormed;

import java.util.List;
import java.util.function.Supplier;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.ops.SqueezeExcitation;

/**
 * Networks of inverted residuals whose kernels, widths and depths a search found: MnasNet-A1 and
 * small (Tan et al., arXiv 1807.11626, figure 7), ProxylessNAS mobile (Cai et al., arXiv
 * 1812.00332), and TinyNet, EfficientNet-B0 made smaller (Han et al., arXiv 2010.14819, table 3).
 * Sizes as in timm 1.0.29, models/efficientnet.py, and pytorchcv, proxylessnas.py; the parts are
 * torchvision's {@code Conv2dNormActivation} and {@code SqueezeExcitation}.
 */
public final class SearchedMobileNet extends Module {
  private static final String FILE = "timm.models.efficientnet.";
  private static final ModuleType TYPE = ModuleType.of(FILE + "EfficientNet");
  private static final ModuleType BLOCK =
      ModuleType.of("timm.models._efficientnet_blocks.InvertedResidual");

  private static final boolean SE = true;
  private static final boolean NO_SE = false;

  /**
   * Blocks of one width; the first strides. Squeezed channels are a quarter of the block's input.
   */
  private record Stage(
      int kernel, int stride, int expansion, int channels, boolean se, int blocks) {
    Stage scaled(double width, double depth) {
      int rounded = Widths.divisible(channels * width, 8);
      int repeated = (int) Math.max(1, Math.rint(blocks * depth));
      return new Stage(kernel, stride, expansion, rounded, se, repeated);
    }
  }

  /** Figure 7 of MnasNet's paper. */
  private static final List<Stage> A1 =
      List.of(
          new Stage(3, 1, 1, 16, NO_SE, 1),
          new Stage(3, 2, 6, 24, NO_SE, 2),
          new Stage(5, 2, 3, 40, SE, 3),
          new Stage(3, 2, 6, 80, NO_SE, 4),
          new Stage(3, 1, 6, 112, SE, 2),
          new Stage(5, 2, 6, 160, SE, 3),
          new Stage(3, 1, 6, 320, NO_SE, 1));

  /** tensorflow/tpu's mnasnet-small. */
  private static final List<Stage> SMALL =
      List.of(
          new Stage(3, 1, 1, 8, NO_SE, 1),
          new Stage(3, 2, 3, 16, NO_SE, 1),
          new Stage(3, 2, 6, 16, NO_SE, 2),
          new Stage(5, 2, 6, 32, SE, 4),
          new Stage(3, 1, 6, 32, SE, 3),
          new Stage(5, 2, 6, 88, SE, 3),
          new Stage(3, 1, 6, 144, NO_SE, 1));

  /** ProxylessNAS for phones: a block differs from the one after it where a stage is split. */
  private static final List<Stage> PROXYLESS =
      List.of(
          new Stage(3, 1, 1, 16, NO_SE, 1),
          new Stage(5, 2, 3, 32, NO_SE, 1),
          new Stage(3, 1, 3, 32, NO_SE, 1),
          new Stage(7, 2, 3, 40, NO_SE, 1),
          new Stage(3, 1, 3, 40, NO_SE, 1),
          new Stage(5, 1, 3, 40, NO_SE, 2),
          new Stage(7, 2, 6, 80, NO_SE, 1),
          new Stage(5, 1, 3, 80, NO_SE, 3),
          new Stage(5, 1, 6, 96, NO_SE, 1),
          new Stage(5, 1, 3, 96, NO_SE, 3),
          new Stage(7, 2, 6, 192, NO_SE, 2),
          new Stage(7, 1, 3, 192, NO_SE, 2),
          new Stage(7, 1, 6, 320, NO_SE, 1));

  /** EfficientNet-B0. */
  private static final List<Stage> B0 =
      List.of(
          new Stage(3, 1, 1, 16, SE, 1),
          new Stage(3, 2, 6, 24, SE, 2),
          new Stage(5, 2, 6, 40, SE, 2),
          new Stage(3, 2, 6, 80, SE, 3),
          new Stage(5, 1, 6, 112, SE, 3),
          new Stage(5, 2, 6, 192, SE, 4),
          new Stage(3, 1, 6, 320, SE, 1));

  private static final int LAST = 1280;
  private static final String TAN = "Tan et al. 2018, arXiv 1807.11626; timm 1.0.29";

  /** TinyNet by width, depth and resolution. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          searched("mnasnet_a1", "MnasNet", TAN, 224, 32, A1, Activation::reluInplace),
          searched("mnasnet_small", "MnasNet", TAN, 224, 8, SMALL, Activation::reluInplace),
          searched(
              "proxylessnas_mobile",
              "ProxylessNAS",
              "Cai et al. 2018, arXiv 1812.00332; pytorchcv (osmr/imgclsmob)",
              224,
              32,
              PROXYLESS,
              Activation::relu6Inplace),
          tinynet("tinynet_a", 1.0, 1.2, 192),
          tinynet("tinynet_b", 0.75, 1.1, 188),
          tinynet("tinynet_c", 0.54, 0.85, 184),
          tinynet("tinynet_d", 0.54, 0.695, 152),
          tinynet("tinynet_e", 0.51, 0.6, 106));

  private static Architecture tinynet(String name, double width, double depth, int side) {
    List<Stage> stages = B0.stream().map(stage -> stage.scaled(width, depth)).toList();
    String source = "Han et al. 2020, arXiv 2010.14819, table 3; timm 1.0.29";
    return searched(name, "TinyNet", source, side, 32, stages, Activation::siluInplace);
  }

  private static Architecture searched(
      String name,
      String family,
      String source,
      int side,
      int stem,
      List<Stage> stages,
      Supplier<Activation> activation) {
    return Architecture.named(name, family, source, InputSize.image(side))
        .options(NUM_CLASSES)
        .builtBy(
            settings -> new SearchedMobileNet(stem, stages, activation, settings.get(NUM_CLASSES)));
  }

  private final Module convStem;
  private final Sequential blocks;
  private final Module convHead;
  private final AdaptivePool globalPool;
  private final Linear classifier;

  private SearchedMobileNet(
      int stem, List<Stage> stages, Supplier<Activation> activation, int numClasses) {
    super(TYPE);
    convStem =
        child("conv_stem", batchNormed(conv2d(3, stem, 3).stride(2).padding(1), activation.get()));
    blocks = child("blocks", new Sequential());
    int in = stem;
    for (Stage stage : stages) {
      Sequential layers = new Sequential();
      for (int i = 0; i < stage.blocks(); i++) {
        layers.add(new Block(stage, in, i == 0 ? stage.stride() : 1, activation));
        in = stage.channels();
      }
      blocks.add(layers);
    }
    convHead = child("conv_head", batchNormed(conv2d(in, LAST, 1), activation.get()));
    globalPool = child("global_pool", adaptiveAvgPool2d(1));
    classifier = child("classifier", new Linear(LAST, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = convStem.call(x);
    y = blocks.call(y);
    y = convHead.call(y);
    y = globalPool.call(y).flatten(1);
    return classifier.call(y);
  }

  /** Expands by a 1x1 where asked to, filters depthwise, scales channels, projects linearly. */
  private static final class Block extends Module {
    private final Sequential layers;
    private final boolean residual;

    Block(Stage stage, int in, int stride, Supplier<Activation> activation) {
      super(BLOCK);
      int hidden = in * stage.expansion();
      layers = child("layers", new Sequential());
      if (stage.expansion() > 1) {
        layers.add(batchNormed(conv2d(in, hidden, 1), activation.get()));
      }
      Conv filter =
          conv2d(hidden, hidden, stage.kernel())
              .stride(stride)
              .padding(stage.kernel() / 2)
              .groups(hidden);
      layers.add(batchNormed(filter, activation.get()));
      if (stage.se()) {
        layers.add(new SqueezeExcitation(hidden, in / 4, activation.get(), sigmoid()));
      }
      layers.add(batchNormed(conv2d(hidden, stage.channels(), 1), null));
      residual = stride == 1 && in == stage.channels();
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = layers.call(x);
      return residual ? y.plus(x) : y;
    }
  }
}
