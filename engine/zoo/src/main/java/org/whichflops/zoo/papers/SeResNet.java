package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.Activation.sigmoid;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;

/**
 * SE-ResNet, SE-ResNeXt and SENet-154, "Squeeze-and-Excitation Networks" (Hu et al., arXiv
 * 1709.01507, table 1); follows Cadene/pretrained-models.pytorch, senet.py, which follows the
 * authors' Caffe networks: a bottleneck of SE-ResNet halves the resolution in its first 1x1
 * convolution, and the first pool rounds up. SENet-154 is used at 320, too, so its last pool is
 * timm's adaptive one.
 */
public final class SeResNet extends Module {
  private static final String FILE = "pretrainedmodels.models.senet.";
  private static final ModuleType TYPE = ModuleType.of(FILE + "SENet");
  private static final ModuleType SE = ModuleType.of(FILE + "SEModule");

  /** Channels over squeezed channels, in every network of the paper. */
  private static final int REDUCTION = 16;

  private static final String RESNET =
      "strides as in Caffe's ResNet; the paper prints 3.87, 7.60 and 11.32 GFLOPs for 3.860, 7.575"
          + " and 11.289 multiply-adds: what netscope shows, with one for each element of a batch norm";
  private static final String RESNEXT =
      "the paper prints 4.25 and 8.00 GFLOPs for 4.233 and 7.975 multiply-adds: what netscope shows,"
          + " with one for each element of a batch norm";
  private static final String SENET =
      "115.1M parameters as released, where NASNet's table has 145.8M";

  /** The three bottlenecks of senet.py, by the channels of their convolutions. */
  private enum Variant {
    /** Halves the resolution in the 1x1. */
    RESNET("SEResNetBottleneck", 1, 1, 1, 1),
    /** Type C of ResNeXt, 32x4d. */
    RESNEXT("SEResNeXtBottleneck", 2, 2, 32, 1),
    /** SENet-154's, which halves in the shortcut by a 3x3, too. */
    SENET("SEBottleneck", 2, 4, 64, 3);

    private final ModuleType type;
    private final int first;
    private final int second;
    private final int groups;
    private final int shortcutKernel;

    Variant(String name, int first, int second, int groups, int shortcutKernel) {
      this.type = ModuleType.of(FILE + "Bottleneck").subclass(FILE + name);
      this.first = first;
      this.second = second;
      this.groups = groups;
      this.shortcutKernel = shortcutKernel;
    }
  }

  /** Depths, and the blocks of each of the four stages. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          seNet("se_resnet50", Variant.RESNET, RESNET, 3, 4, 6, 3),
          seNet("se_resnet101", Variant.RESNET, RESNET, 3, 4, 23, 3),
          seNet("se_resnet152", Variant.RESNET, RESNET, 3, 8, 36, 3),
          seNet("se_resnext50_32x4d", Variant.RESNEXT, RESNEXT, 3, 4, 6, 3),
          seNet("se_resnext101_32x4d", Variant.RESNEXT, RESNEXT, 3, 4, 23, 3),
          seNet("senet154", Variant.SENET, SENET, 3, 8, 36, 3));

  private static Architecture seNet(String name, Variant variant, String remark, int... blocks) {
    return Architecture.named(
            name,
            "SE-ResNet",
            "Hu et al. 2017, arXiv 1709.01507, table 1; Cadene/pretrained-models.pytorch",
            InputSize.image(224))
        .options(NUM_CLASSES)
        .remark(remark)
        .builtBy(settings -> new SeResNet(variant, blocks, settings.get(NUM_CLASSES)));
  }

  private final Sequential layer0;
  private final Sequential layer1;
  private final Sequential layer2;
  private final Sequential layer3;
  private final Sequential layer4;
  private final Module avgPool;
  private final @Nullable Dropout dropout;
  private final Linear lastLinear;

  private SeResNet(Variant variant, int[] blocks, int numClasses) {
    super(TYPE);
    layer0 = child("layer0", variant == Variant.SENET ? deepStem() : stem());
    layer1 = child("layer1", layer(variant, variant == Variant.SENET ? 128 : 64, 64, blocks[0], 1));
    layer2 = child("layer2", layer(variant, 256, 128, blocks[1], 2));
    layer3 = child("layer3", layer(variant, 512, 256, blocks[2], 2));
    layer4 = child("layer4", layer(variant, 1024, 512, blocks[3], 2));
    avgPool =
        child("avg_pool", variant == Variant.SENET ? adaptiveAvgPool2d(1) : avgPool2d(7).stride(1));
    dropout = variant == Variant.SENET ? child("dropout", Dropout.dropout().p(0.2)) : null;
    lastLinear = child("last_linear", new Linear(2048, numClasses));
  }

  private static Sequential stem() {
    return new Sequential()
        .add("conv1", conv2d(3, 64, 7).stride(2).padding(3).noBias())
        .add("bn1", batchNorm2d(64))
        .add("relu1", reluInplace())
        .add("pool", maxPool2d(3).stride(2).ceilMode());
  }

  private static Sequential deepStem() {
    return new Sequential()
        .add("conv1", conv2d(3, 64, 3).stride(2).padding(1).noBias())
        .add("bn1", batchNorm2d(64))
        .add("relu1", reluInplace())
        .add("conv2", conv2d(64, 64, 3).padding(1).noBias())
        .add("bn2", batchNorm2d(64))
        .add("relu2", reluInplace())
        .add("conv3", conv2d(64, 128, 3).padding(1).noBias())
        .add("bn3", batchNorm2d(128))
        .add("relu3", reluInplace())
        .add("pool", maxPool2d(3).stride(2).ceilMode());
  }

  /** The shortcut of a stage's first block always has a convolution. */
  private static Sequential layer(Variant variant, int in, int planes, int blocks, int stride) {
    int out = 4 * planes;
    int kernel = stride == 1 ? 1 : variant.shortcutKernel;
    Sequential shortcut =
        new Sequential(
            conv2d(in, out, kernel).stride(stride).padding(kernel / 2).noBias(), batchNorm2d(out));
    Sequential layer = new Sequential(new Block(variant, in, planes, stride, shortcut));
    for (int i = 1; i < blocks; i++) {
      layer.add(new Block(variant, out, planes, 1, null));
    }
    return layer;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = layer0.call(x);
    y = layer1.call(y);
    y = layer2.call(y);
    y = layer3.call(y);
    y = layer4.call(y);
    y = avgPool.call(y);
    if (dropout != null) {
      y = dropout.call(y);
    }
    y = y.viewRows();
    return lastLinear.call(y);
  }

  /** A bottleneck whose result is scaled channel by channel before the shortcut is added. */
  private static final class Block extends Module {
    private final Conv conv1;
    private final BatchNorm bn1;
    private final Conv conv2;
    private final BatchNorm bn2;
    private final Conv conv3;
    private final BatchNorm bn3;
    private final Activation relu;
    private final SqueezeExcitation seModule;
    private final @Nullable Sequential downsample;

    Block(Variant variant, int in, int planes, int stride, @Nullable Sequential downsample) {
      super(variant.type);
      int first = variant.first * planes;
      int second = variant.second * planes;
      int early = variant == Variant.RESNET ? stride : 1;
      conv1 = child("conv1", conv2d(in, first, 1).stride(early).noBias());
      bn1 = child("bn1", batchNorm2d(first));
      conv2 =
          child(
              "conv2",
              conv2d(first, second, 3)
                  .stride(stride / early)
                  .padding(1)
                  .groups(variant.groups)
                  .noBias());
      bn2 = child("bn2", batchNorm2d(second));
      conv3 = child("conv3", conv2d(second, 4 * planes, 1).noBias());
      bn3 = child("bn3", batchNorm2d(4 * planes));
      relu = child("relu", reluInplace());
      seModule = child("se_module", new SqueezeExcitation(4 * planes));
      this.downsample = downsample == null ? null : child("downsample", downsample);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = relu.call(bn1.call(conv1.call(x)));
      y = relu.call(bn2.call(conv2.call(y)));
      y = bn3.call(conv3.call(y));
      Tensor residual = downsample == null ? x : downsample.call(x);
      return relu.call(seModule.call(y).plus(residual));
    }
  }

  /** Figure 1 of the paper; the two fully connected layers are 1x1 convolutions. */
  private static final class SqueezeExcitation extends Module {
    private final AdaptivePool avgPool;
    private final Conv fc1;
    private final Activation relu;
    private final Conv fc2;
    private final Activation sigmoid;

    SqueezeExcitation(int channels) {
      super(SE);
      avgPool = child("avg_pool", adaptiveAvgPool2d(1));
      fc1 = child("fc1", conv2d(channels, channels / REDUCTION, 1));
      relu = child("relu", reluInplace());
      fc2 = child("fc2", conv2d(channels / REDUCTION, channels, 1));
      sigmoid = child("sigmoid", sigmoid());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor scale = avgPool.call(x);
      scale = fc1.call(scale);
      scale = relu.call(scale);
      scale = fc2.call(scale);
      scale = sigmoid.call(scale);
      return x.times(scale);
    }
  }
}
