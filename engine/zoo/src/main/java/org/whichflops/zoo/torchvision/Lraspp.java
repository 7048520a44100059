package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.Activation.sigmoid;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.zoo.torchvision.SegmentationModel.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;

/**
 * Lite R-ASPP, the segmentation head of "Searching for MobileNetV3" (Howard et al., arXiv
 * 1905.02244, figure 10), on the large network; follows torchvision 0.21,
 * models/segmentation/lraspp.py.
 */
public final class Lraspp extends Module {
  private static final String MODULE = "torchvision.models.segmentation.lraspp.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "LRASPP");
  private static final ModuleType HEAD = ModuleType.of(MODULE + "LRASPPHead");

  /** The blocks that end the stages C2 and C5, and their channels. */
  private static final String LOW = "4";

  private static final String HIGH = "16";
  private static final int LOW_CHANNELS = 40;
  private static final int HIGH_CHANNELS = 960;
  private static final int WIDTH = 128;

  /** The one network of the family. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "lraspp_mobilenet_v3_large",
                  "LR-ASPP",
                  "Howard et al. 2019, arXiv 1905.02244, figure 10; torchvision 0.21",
                  InputSize.image(520))
              .options(NUM_CLASSES)
              .builtBy(settings -> new Lraspp(settings.get(NUM_CLASSES))));

  private final IntermediateLayerGetter backbone;
  private final Head classifier;

  private Lraspp(int classes) {
    super(TYPE);
    backbone =
        child(
            "backbone",
            new IntermediateLayerGetter(MobileNetV3.dilatedLargeFeatures(), List.of(LOW, HIGH)));
    classifier = child("classifier", new Head(classes));
  }

  /** Returns a dict. */
  @Override
  public boolean returnsDict() {
    return true;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor[] lowAndHigh = backbone.call(new Tensor[] {x});
    Tensor y = classifier.call(lowAndHigh)[0];
    return SegmentationModel.likeInput(y, x);
  }

  /** Gates the high-level map by its mean, and adds what both maps say. */
  private static final class Head extends Module {
    private final Sequential cbr;
    private final Sequential scale;
    private final Conv lowClassifier;
    private final Conv highClassifier;

    Head(int classes) {
      super(HEAD);
      cbr =
          child(
              "cbr",
              new Sequential(
                  conv2d(HIGH_CHANNELS, WIDTH, 1).noBias(), batchNorm2d(WIDTH), reluInplace()));
      scale =
          child(
              "scale",
              new Sequential(
                  adaptiveAvgPool2d(1), conv2d(HIGH_CHANNELS, WIDTH, 1).noBias(), sigmoid()));
      lowClassifier = child("low_classifier", conv2d(LOW_CHANNELS, classes, 1));
      highClassifier = child("high_classifier", conv2d(WIDTH, classes, 1));
    }

    /** Given a dict of both maps. */
    @Override
    public boolean takesTensorsOnly() {
      return false;
    }

    @Override
    protected Tensor[] forward(Tensor... lowAndHigh) {
      Tensor low = lowAndHigh[0];
      Tensor high = lowAndHigh[1];
      Tensor y = cbr.call(high);
      y = y.times(scale.call(high));
      y = SegmentationModel.likeInput(y, low);
      return new Tensor[] {lowClassifier.call(low).plus(highClassifier.call(y))};
    }
  }
}
