package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * SSD300 on VGG-16, "SSD: Single Shot MultiBox Detector" (Liu et al., arXiv 1512.02325, figure 2);
 * follows torchvision 0.21, models/detection/ssd.py: backbone and head.
 *
 * <p>What works on images of any size and on found boxes is not run: resizing to 300, default boxes
 * and the suppression of overlaps. Their modules exist and are not called.
 */
public final class Ssd extends Module {
  private static final String MODULE = "torchvision.models.detection.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "ssd.SSD");

  private static final Option<Integer> NUM_CLASSES =
      Option.count("num_classes", 91, "classes of objects, background among them");

  /** Channels of the six maps that are searched, and default boxes at each of their positions. */
  private static final int[] CHANNELS = {512, 1024, 512, 256, 256, 256};

  private static final int[] BOXES = {4, 6, 6, 6, 4, 4};

  /** The one network. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "ssd300_vgg16",
                  "SSD",
                  "Liu et al. 2015, arXiv 1512.02325, figure 2; torchvision 0.21",
                  InputSize.fixed(1, 3, 300, 300))
              .options(NUM_CLASSES)
              .remark(
                  "91 classes; backbone and head: no resizing, no suppression of overlapping boxes;"
                      + " MobileNetV2's table 6 prints 35.2B and 36.1M for an SSD300")
              .builtBy(settings -> new Ssd(settings.get(NUM_CLASSES))));

  private final FeatureExtractor backbone;
  private final Head head;

  private Ssd(int classes) {
    super(TYPE);
    backbone = child("backbone", new FeatureExtractor());
    child("anchor_generator", new NeverCalled("anchor_utils.DefaultBoxGenerator"));
    head = child("head", new Head(classes));
    child("transform", new NeverCalled("transform.GeneralizedRCNNTransform"));
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    return head.call(backbone.call(inputs));
  }

  /** A module that stands in the network and is not run here. */
  private static final class NeverCalled extends Module {
    NeverCalled(String name) {
      super(ModuleType.of(MODULE + name));
    }
  }

  /** VGG-16 up to its fifth group, then layers of ever lower resolution. */
  private static final class FeatureExtractor extends Module {
    private final Parameter scaleWeight;
    private final Sequential features;
    private final ModuleList extra;

    FeatureExtractor() {
      super(ModuleType.of(MODULE + "ssd.SSDFeatureExtractorVGG"));
      scaleWeight = parameter("scale_weight", 512);
      features = child("features", new Sequential());
      group(features, 3, 64, 64);
      features.add(maxPool2d(2).stride(2));
      group(features, 64, 128, 128);
      features.add(maxPool2d(2).stride(2));
      group(features, 128, 256, 256, 256);
      features.add(maxPool2d(2).stride(2).ceilMode());
      group(features, 256, 512, 512, 512);
      Sequential fifth = new Sequential(maxPool2d(2).stride(2));
      group(fifth, 512, 512, 512, 512);
      fifth.add(
          new Sequential(
              maxPool2d(3).stride(1).padding(1),
              conv2d(512, 1024, 3).padding(6).dilation(6),
              reluInplace(),
              conv2d(1024, 1024, 1),
              reluInplace()));
      extra =
          child(
              "extra",
              new ModuleList(
                  List.of(
                      fifth,
                      lower(1024, 256, conv2d(256, 512, 3).padding(1).stride(2)),
                      lower(512, 128, conv2d(128, 256, 3).padding(1).stride(2)),
                      lower(256, 128, conv2d(128, 256, 3)),
                      lower(256, 128, conv2d(128, 256, 3)))));
    }

    private static void group(Sequential layers, int in, int... widths) {
      int channels = in;
      for (int width : widths) {
        layers.add(conv2d(channels, width, 3).padding(1));
        layers.add(reluInplace());
        channels = width;
      }
    }

    private static Sequential lower(int in, int middle, Conv conv) {
      return new Sequential(conv2d(in, middle, 1), reluInplace(), conv, reluInplace());
    }

    /** Returns a dict. */
    @Override
    public boolean returnsDict() {
      return true;
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor[] maps = new Tensor[CHANNELS.length];
      Tensor x = features.call(inputs[0]);
      maps[0] = scaleWeight.on(x).view(1, -1, 1, 1).times(F.normalize(x, 1));
      for (int i = 1; i < maps.length; i++) {
        x = extra.modules().get(i - 1).call(x);
        maps[i] = x;
      }
      return maps;
    }
  }

  /** Offsets and class scores of every default box. */
  private static final class Head extends Module {
    private final ScoringHead classification;
    private final ScoringHead regression;

    Head(int classes) {
      super(ModuleType.of(MODULE + "ssd.SSDHead"));
      classification =
          child("classification_head", new ScoringHead("ssd.SSDClassificationHead", classes));
      regression = child("regression_head", new ScoringHead("ssd.SSDRegressionHead", 4));
    }

    /** Returns a dict. */
    @Override
    public boolean returnsDict() {
      return true;
    }

    @Override
    protected Tensor[] forward(Tensor... maps) {
      Tensor boxes = regression.call(maps)[0];
      return new Tensor[] {boxes, classification.call(maps)[0]};
    }
  }

  /** A 3x3 convolution a map, and all of their numbers in one row a box. */
  private static final class ScoringHead extends Module {
    private static final ModuleType BASE = ModuleType.of(MODULE + "ssd.SSDScoringHead");

    private final int columns;
    private final ModuleList moduleList;

    ScoringHead(String name, int columns) {
      super(BASE.subclass(MODULE + name));
      this.columns = columns;
      List<Module> convolutions = new ArrayList<>();
      for (int i = 0; i < CHANNELS.length; i++) {
        convolutions.add(conv2d(CHANNELS[i], Math.multiplyExact(columns, BOXES[i]), 3).padding(1));
      }
      moduleList = child("module_list", new ModuleList(convolutions));
    }

    @Override
    protected Tensor[] forward(Tensor... maps) {
      Tensor[] rows = new Tensor[maps.length];
      for (int i = 0; i < maps.length; i++) {
        Tensor y = moduleList.modules().get(i).call(maps[i]);
        y = y.view(y.size(0), -1, columns, y.size(2), y.size(3));
        y = y.permute(0, 3, 4, 1, 2);
        rows[i] = y.reshape(y.size(0), -1, columns);
      }
      return new Tensor[] {Torch.cat(1, rows)};
    }
  }
}
