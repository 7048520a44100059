package org.whichflops.zoo.torchvision;

import static org.whichflops.zoo.torchvision.SegmentationModel.AUX_LOSS;
import static org.whichflops.zoo.torchvision.SegmentationModel.NUM_CLASSES;
import static org.whichflops.zoo.torchvision.SegmentationModel.RESNET_101;
import static org.whichflops.zoo.torchvision.SegmentationModel.RESNET_50;

import java.util.List;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.zoo.architecture.Architecture;

/**
 * FCN, "Fully Convolutional Networks for Semantic Segmentation" (Long et al., arXiv 1411.4038);
 * follows torchvision 0.21, models/segmentation/fcn.py.
 *
 * <p>The paper upsamples VGG with learnt transposed convolutions and skip connections; here a
 * dilated ResNet is interpolated once.
 */
public final class Fcn {
  private static final int CHANNELS = 2048;

  /** Both depths. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(fcn("fcn_resnet50", RESNET_50), fcn("fcn_resnet101", RESNET_101));

  private Fcn() {}

  private static Architecture fcn(String name, int[] blocks) {
    return Architecture.named(
            name,
            "FCN",
            "Long et al. 2014, arXiv 1411.4038; torchvision 0.21",
            InputSize.image(520))
        .options(AUX_LOSS, NUM_CLASSES)
        .remark("a dilated ResNet, interpolated once; the paper upsamples VGG in learnt steps")
        .builtBy(settings -> build(blocks, settings.get(AUX_LOSS), settings.get(NUM_CLASSES)));
  }

  private static SegmentationModel build(int[] blocks, boolean auxiliary, int classes) {
    return new SegmentationModel(
        "fcn.FCN",
        SegmentationModel.resNet(blocks, auxiliary),
        new FcnHead(CHANNELS, classes),
        auxiliary ? new FcnHead(CHANNELS / 2, classes) : null);
  }
}
