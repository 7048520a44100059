package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropout;
import static org.whichflops.zoo.torchvision.SegmentationModel.AUX_LOSS;
import static org.whichflops.zoo.torchvision.SegmentationModel.NUM_CLASSES;
import static org.whichflops.zoo.torchvision.SegmentationModel.RESNET_101;
import static org.whichflops.zoo.torchvision.SegmentationModel.RESNET_50;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;

/**
 * DeepLabV3, "Rethinking Atrous Convolution for Semantic Image Segmentation" (Chen et al., arXiv
 * 1706.05587); follows torchvision 0.21, models/segmentation/deeplabv3.py.
 */
public final class DeepLabV3 {
  private static final String MODULE = "torchvision.models.segmentation.deeplabv3.";
  private static final String CHEN = "Chen et al. 2017, arXiv 1706.05587; torchvision 0.21";

  /** Channels of the head. */
  private static final int WIDTH = 256;

  /** The distances between taps of the head's three atrous convolutions. */
  private static final int[] RATES = {12, 24, 36};

  /** Every backbone of torchvision. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          deepLab("deeplabv3_resnet50", (aux, classes) -> resNet(RESNET_50, aux, classes)),
          deepLab("deeplabv3_resnet101", (aux, classes) -> resNet(RESNET_101, aux, classes)),
          deepLab("deeplabv3_mobilenet_v3_large", DeepLabV3::mobileNet));

  private interface Builder {
    SegmentationModel build(boolean auxiliary, int classes);
  }

  private DeepLabV3() {}

  private static Architecture deepLab(String name, Builder builder) {
    return Architecture.named(name, "DeepLabV3", CHEN, InputSize.image(520))
        .options(AUX_LOSS, NUM_CLASSES)
        .builtBy(settings -> builder.build(settings.get(AUX_LOSS), settings.get(NUM_CLASSES)));
  }

  private static SegmentationModel resNet(int[] blocks, boolean auxiliary, int classes) {
    return new SegmentationModel(
        "deeplabv3.DeepLabV3",
        SegmentationModel.resNet(blocks, auxiliary),
        head(2048, classes),
        auxiliary ? new FcnHead(1024, classes) : null);
  }

  /** Blocks 4 and 16 end the stages C2, at an eighth of the resolution, and C5. */
  private static SegmentationModel mobileNet(boolean auxiliary, int classes) {
    return new SegmentationModel(
        "deeplabv3.DeepLabV3",
        new IntermediateLayerGetter(
            MobileNetV3.dilatedLargeFeatures(), auxiliary ? List.of("4", "16") : List.of("16")),
        head(960, classes),
        auxiliary ? new FcnHead(40, classes) : null);
  }

  private static Sequential head(int in, int classes) {
    return new Sequential(
        Sequential.TYPE.subclass(MODULE + "DeepLabHead"),
        new Pyramid(in),
        conv2d(WIDTH, WIDTH, 3).padding(1).noBias(),
        batchNorm2d(WIDTH),
        relu(),
        conv2d(WIDTH, classes, 1));
  }

  /** Atrous spatial pyramid pooling: the same map seen at several scales, side by side. */
  private static final class Pyramid extends Module {
    private static final ModuleType TYPE = ModuleType.of(MODULE + "ASPP");
    private static final ModuleType ATROUS = Sequential.TYPE.subclass(MODULE + "ASPPConv");

    private final ModuleList convs;
    private final Sequential project;

    Pyramid(int in) {
      super(TYPE);
      List<Module> scales = new ArrayList<>();
      scales.add(normalized(Sequential.TYPE, conv2d(in, WIDTH, 1)));
      for (int rate : RATES) {
        scales.add(normalized(ATROUS, conv2d(in, WIDTH, 3).padding(rate).dilation(rate)));
      }
      scales.add(new GlobalPooling(in));
      convs = child("convs", new ModuleList(scales));
      project =
          child(
              "project",
              normalized(Sequential.TYPE, conv2d(scales.size() * WIDTH, WIDTH, 1)).add(dropout()));
    }

    private static Sequential normalized(ModuleType type, Conv conv) {
      return new Sequential(type, conv.noBias(), batchNorm2d(WIDTH), relu());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor[] scales = new Tensor[convs.modules().size()];
      for (int i = 0; i < scales.length; i++) {
        scales[i] = convs.modules().get(i).call(x);
      }
      return project.call(Torch.cat(1, scales));
    }
  }

  /** The mean of the whole map at every position. */
  private static final class GlobalPooling extends Sequential {
    private static final ModuleType TYPE = Sequential.TYPE.subclass(MODULE + "ASPPPooling");

    GlobalPooling(int in) {
      super(TYPE, adaptiveAvgPool2d(1), conv2d(in, WIDTH, 1).noBias(), batchNorm2d(WIDTH), relu());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return SegmentationModel.likeInput(super.forward(x), x);
    }
  }
}
