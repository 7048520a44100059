package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool;
import static org.whichflops.engine.nn.BatchNorm.batchNorm3d;
import static org.whichflops.engine.nn.Conv.conv3d;
import static org.whichflops.zoo.torchvision.Video.NUM_CLASSES;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;

/**
 * R3D, MC3 and R(2+1)D, "A Closer Look at Spatiotemporal Convolutions for Action Recognition" (Tran
 * et al., arXiv 1711.11248, table 1); follows torchvision 0.21, models/video/resnet.py.
 */
public final class VideoResNet extends Module {
  private static final String MODULE = "torchvision.models.video.resnet.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "VideoResNet");
  private static final ModuleType BLOCK = ModuleType.of(MODULE + "BasicBlock");
  private static final ModuleType STEM = Sequential.TYPE.subclass(MODULE + "BasicStem");
  private static final ModuleType STEM_2_PLUS_1 = Sequential.TYPE.subclass(MODULE + "R2Plus1dStem");
  private static final ModuleType CONV_2_PLUS_1 = Sequential.TYPE.subclass(MODULE + "Conv2Plus1D");
  private static final ModuleType CONV_3D = ModuleType.nn("conv", "Conv3d");
  private static final ModuleType SIMPLE = CONV_3D.subclass(MODULE + "Conv3DSimple");
  private static final ModuleType NO_TEMPORAL = CONV_3D.subclass(MODULE + "Conv3DNoTemporal");

  private static final int BLOCKS = 2;

  /**
   * A kind of convolution: over space and time, over space only, or over one and then the other.
   */
  private enum Convolution {
    THREE_D,
    TWO_D,
    TWO_PLUS_ONE_D;

    Module of(int in, int out, int between, int stride) {
      return switch (this) {
        case THREE_D -> conv3d(in, out, 3).stride(stride).padding(1).noBias().as(SIMPLE);
        case TWO_D -> spatial(in, out, stride).as(NO_TEMPORAL);
        case TWO_PLUS_ONE_D ->
            new Sequential(
                CONV_2_PLUS_1,
                spatial(in, between, stride),
                batchNorm3d(between),
                reluInplace(),
                conv3d(between, out, 3, 1, 1).stride(stride, 1, 1).padding(1, 0, 0).noBias());
      };
    }

    private static Conv spatial(int in, int out, int stride) {
      return conv3d(in, out, 1, 3, 3).stride(1, stride, stride).padding(0, 1, 1).noBias();
    }

    int temporalStride(int stride) {
      return this == TWO_D ? 1 : stride;
    }
  }

  /** Table 1 of the paper: the kinds of convolution of the four stages. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          resNet("r3d_18", Convolution.THREE_D, Convolution.THREE_D),
          resNet("mc3_18", Convolution.THREE_D, Convolution.TWO_D),
          resNet("r2plus1d_18", Convolution.TWO_PLUS_ONE_D, Convolution.TWO_PLUS_ONE_D));

  private static Architecture resNet(String name, Convolution first, Convolution later) {
    return Architecture.named(
            name,
            "Video ResNet",
            "Tran et al. 2017, arXiv 1711.11248, table 1; torchvision 0.21",
            Video.of(16, 112))
        .options(NUM_CLASSES)
        .builtBy(settings -> new VideoResNet(first, later, settings.get(NUM_CLASSES)));
  }

  private final Sequential stem;
  private final Sequential layer1;
  private final Sequential layer2;
  private final Sequential layer3;
  private final Sequential layer4;
  private final AdaptivePool avgpool;
  private final Linear fc;

  private VideoResNet(Convolution first, Convolution later, int numClasses) {
    super(TYPE);
    stem = child("stem", first == Convolution.TWO_PLUS_ONE_D ? separatedStem() : basicStem());
    layer1 = child("layer1", layer(first, 64, 64, 1));
    layer2 = child("layer2", layer(later, 64, 128, 2));
    layer3 = child("layer3", layer(later, 128, 256, 2));
    layer4 = child("layer4", layer(later, 256, 512, 2));
    avgpool = child("avgpool", adaptiveAvgPool(3, 1, 1, 1));
    fc = child("fc", new Linear(512, numClasses));
  }

  private static Sequential basicStem() {
    return new Sequential(
        STEM,
        conv3d(3, 64, 3, 7, 7).stride(1, 2, 2).padding(1, 3, 3).noBias(),
        batchNorm3d(64),
        reluInplace());
  }

  private static Sequential separatedStem() {
    return new Sequential(
        STEM_2_PLUS_1,
        conv3d(3, 45, 1, 7, 7).stride(1, 2, 2).padding(0, 3, 3).noBias(),
        batchNorm3d(45),
        reluInplace(),
        conv3d(45, 64, 3, 1, 1).padding(1, 0, 0).noBias(),
        batchNorm3d(64),
        reluInplace());
  }

  private static Sequential layer(Convolution convolution, int in, int out, int stride) {
    Sequential layer = new Sequential(new Block(convolution, in, out, stride));
    for (int i = 1; i < BLOCKS; i++) {
      layer.add(new Block(convolution, out, out, 1));
    }
    return layer;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = stem.call(x);
    y = layer1.call(y);
    y = layer2.call(y);
    y = layer3.call(y);
    y = layer4.call(y);
    y = avgpool.call(y);
    y = y.flatten(1);
    return fc.call(y);
  }

  /** Two convolutions and a shortcut. */
  private static final class Block extends Module {
    private final Sequential conv1;
    private final Sequential conv2;
    private final Activation relu;
    private final @Nullable Sequential downsample;

    Block(Convolution convolution, int in, int out, int stride) {
      super(BLOCK);
      // As many parameters in two convolutions as there are in one over space and time.
      int between = in * out * 27 / (in * 9 + 3 * out);
      conv1 =
          child(
              "conv1",
              new Sequential(
                  convolution.of(in, out, between, stride), batchNorm3d(out), reluInplace()));
      conv2 =
          child("conv2", new Sequential(convolution.of(out, out, between, 1), batchNorm3d(out)));
      relu = child("relu", reluInplace());
      downsample =
          stride == 1 && in == out
              ? null
              : child(
                  "downsample",
                  new Sequential(
                      conv3d(in, out, 1)
                          .stride(convolution.temporalStride(stride), stride, stride)
                          .noBias(),
                      batchNorm3d(out)));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = conv2.call(conv1.call(x));
      Tensor residual = downsample == null ? x : downsample.call(x);
      return relu.call(y.plusAssign(residual));
    }
  }
}
