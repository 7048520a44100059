package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

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
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * ResNet, "Deep Residual Learning for Image Recognition" (He et al., arXiv 1512.03385, table 1),
 * with ResNeXt (arXiv 1611.05431) and Wide ResNet (arXiv 1605.07146); follows torchvision 0.21,
 * models/resnet.py.
 *
 * <p>A bottleneck that halves the resolution does so in its 3x3 convolution here ("v1.5"), in its
 * first 1x1 in the paper; {@code stride_in_1x1=true} gives the paper's.
 */
public final class ResNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.models.resnet.ResNet");
  private static final ModuleType BASIC = ModuleType.of("torchvision.models.resnet.BasicBlock");
  private static final ModuleType BOTTLENECK =
      ModuleType.of("torchvision.models.resnet.Bottleneck");

  private static final Option<Boolean> STRIDE_IN_1X1 =
      Option.flag(
          "stride_in_1x1", false, "halve the resolution in the first 1x1, as the paper does");

  private static final String HE = "He et al. 2015, arXiv 1512.03385, table 1; torchvision 0.21";
  private static final String XIE = "Xie et al. 2016, arXiv 1611.05431; torchvision 0.21";
  private static final String ZAGORUYKO =
      "Zagoruyko and Komodakis 2016, arXiv 1605.07146; torchvision 0.21";

  private static final String XIE_TABLE_3 =
      "Xie et al. 2016, arXiv 1611.05431, table 3; torchvision 0.21";
  private static final String PYCLS = "sizes of pycls' ResNeXt-152; torchvision 0.21";

  /** Every variant of torchvision, and two of ResNeXt that it builds but does not name. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          basic("resnet18", 2, 2, 2, 2),
          basic("resnet34", 3, 4, 6, 3),
          bottleneck("resnet50", HE, 1, 64, 3, 4, 6, 3),
          bottleneck("resnet101", HE, 1, 64, 3, 4, 23, 3),
          bottleneck("resnet152", HE, 1, 64, 3, 8, 36, 3),
          bottleneck("resnext50_32x4d", XIE, 32, 4, 3, 4, 6, 3),
          bottleneck("resnext101_32x4d", XIE_TABLE_3, 32, 4, 3, 4, 23, 3),
          bottleneck("resnext152_32x4d", PYCLS, 32, 4, 3, 8, 36, 3),
          bottleneck("resnext101_32x8d", XIE, 32, 8, 3, 4, 23, 3),
          bottleneck("resnext101_64x4d", XIE, 64, 4, 3, 4, 23, 3),
          bottleneck("wide_resnet50_2", ZAGORUYKO, 1, 128, 3, 4, 6, 3),
          bottleneck("wide_resnet101_2", ZAGORUYKO, 1, 128, 3, 4, 23, 3));

  private static Architecture basic(String name, int... blocks) {
    return Architecture.named(name, "ResNet", HE, InputSize.image(224))
        .options(NUM_CLASSES)
        .builtBy(
            settings ->
                new ResNet(
                    (in, planes, stride, dilation) -> new BasicBlock(in, planes, stride),
                    1,
                    blocks,
                    false,
                    settings.get(NUM_CLASSES)));
  }

  private static Architecture bottleneck(
      String name, String source, int groups, int widthPerGroup, int... blocks) {
    return Architecture.named(name, "ResNet", source, InputSize.image(224))
        .options(NUM_CLASSES, STRIDE_IN_1X1)
        .remark("halves the resolution in the 3x3 (v1.5); the paper in the first 1x1")
        .builtBy(
            settings ->
                new ResNet(
                    (in, planes, stride, dilation) ->
                        new Bottleneck(
                            in,
                            planes,
                            stride,
                            dilation,
                            groups,
                            widthPerGroup,
                            settings.get(STRIDE_IN_1X1)),
                    4,
                    blocks,
                    false,
                    settings.get(NUM_CLASSES)));
  }

  /**
   * A network of bottlenecks whose last two stages dilate instead of halving the resolution, {@code
   * replace_stride_with_dilation=[False, True, True]}: what segmentation networks are built on.
   */
  static ResNet dilated(int... blocks) {
    return new ResNet(
        (in, planes, stride, dilation) ->
            new Bottleneck(in, planes, stride, dilation, 1, 64, false),
        4,
        blocks,
        true,
        NUM_CLASSES.fallback());
  }

  private interface Block {
    Module of(int in, int planes, int stride, int dilation);
  }

  private final Conv conv1;
  private final BatchNorm bn1;
  private final Activation relu;
  private final Pool maxpool;
  private final Sequential layer1;
  private final Sequential layer2;
  private final Sequential layer3;
  private final Sequential layer4;
  private final AdaptivePool avgpool;
  private final Linear fc;

  private ResNet(Block block, int expansion, int[] blocks, boolean dilated, int numClasses) {
    super(TYPE);
    conv1 = child("conv1", conv2d(3, 64, 7).stride(2).padding(3).noBias());
    bn1 = child("bn1", batchNorm2d(64));
    relu = child("relu", reluInplace());
    maxpool = child("maxpool", maxPool2d(3).stride(2).padding(1));
    int third = dilated ? 2 : 1;
    int fourth = dilated ? 4 : 1;
    layer1 = child("layer1", layer(block, blocks[0], 64, 64, expansion, 1, 1, 1));
    layer2 = child("layer2", layer(block, blocks[1], 64 * expansion, 128, expansion, 2, 1, 1));
    layer3 = child("layer3", layer(block, blocks[2], 128 * expansion, 256, expansion, 2, 1, third));
    layer4 =
        child("layer4", layer(block, blocks[3], 256 * expansion, 512, expansion, 2, third, fourth));
    avgpool = child("avgpool", adaptiveAvgPool2d(1, 1));
    fc = child("fc", new Linear(512 * expansion, numClasses));
  }

  /** One stage; where its dilation is more than the one before it, it does not stride. */
  private static Sequential layer(
      Block block,
      int blocks,
      int in,
      int planes,
      int expansion,
      int stride,
      int before,
      int dilation) {
    Sequential layer = new Sequential(block.of(in, planes, dilation > before ? 1 : stride, before));
    for (int i = 1; i < blocks; i++) {
      layer.add(block.of(planes * expansion, planes, 1, dilation));
    }
    return layer;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = conv1.call(x);
    y = bn1.call(y);
    y = relu.call(y);
    y = maxpool.call(y);
    y = layer1.call(y);
    y = layer2.call(y);
    y = layer3.call(y);
    y = layer4.call(y);
    y = avgpool.call(y);
    y = Torch.flatten(y, 1);
    return fc.call(y);
  }

  private static Conv conv3x3(int in, int out, int stride, int dilation, int groups) {
    return conv2d(in, out, 3)
        .stride(stride)
        .padding(dilation)
        .dilation(dilation)
        .groups(groups)
        .noBias();
  }

  private static Conv conv1x1(int in, int out, int stride) {
    return conv2d(in, out, 1).stride(stride).noBias();
  }

  private static @Nullable Sequential downsample(int in, int out, int stride) {
    return stride == 1 && in == out
        ? null
        : new Sequential(conv1x1(in, out, stride), batchNorm2d(out));
  }

  /** Two 3x3 convolutions and a shortcut. */
  private static final class BasicBlock extends Module {
    private final Conv conv1;
    private final BatchNorm bn1;
    private final Activation relu;
    private final Conv conv2;
    private final BatchNorm bn2;
    private final @Nullable Sequential downsample;

    BasicBlock(int in, int planes, int stride) {
      super(BASIC);
      conv1 = child("conv1", conv3x3(in, planes, stride, 1, 1));
      bn1 = child("bn1", batchNorm2d(planes));
      relu = child("relu", reluInplace());
      conv2 = child("conv2", conv3x3(planes, planes, 1, 1, 1));
      bn2 = child("bn2", batchNorm2d(planes));
      Sequential shortcut = downsample(in, planes, stride);
      downsample = shortcut == null ? null : child("downsample", shortcut);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = relu.call(bn1.call(conv1.call(x)));
      y = bn2.call(conv2.call(y));
      Tensor identity = downsample == null ? x : downsample.call(x);
      return relu.call(y.plusAssign(identity));
    }
  }

  /** A 1x1, a 3x3 and a 1x1 convolution and a shortcut. */
  private static final class Bottleneck extends Module {
    private final Conv conv1;
    private final BatchNorm bn1;
    private final Conv conv2;
    private final BatchNorm bn2;
    private final Conv conv3;
    private final BatchNorm bn3;
    private final Activation relu;
    private final @Nullable Sequential downsample;

    Bottleneck(
        int in,
        int planes,
        int stride,
        int dilation,
        int groups,
        int widthPerGroup,
        boolean strideIn1x1) {
      super(BOTTLENECK);
      int width = planes * widthPerGroup / 64 * groups;
      int out = planes * 4;
      conv1 = child("conv1", conv1x1(in, width, strideIn1x1 ? stride : 1));
      bn1 = child("bn1", batchNorm2d(width));
      conv2 = child("conv2", conv3x3(width, width, strideIn1x1 ? 1 : stride, dilation, groups));
      bn2 = child("bn2", batchNorm2d(width));
      conv3 = child("conv3", conv1x1(width, out, 1));
      bn3 = child("bn3", batchNorm2d(out));
      relu = child("relu", reluInplace());
      Sequential shortcut = downsample(in, out, stride);
      downsample = shortcut == null ? null : child("downsample", shortcut);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = relu.call(bn1.call(conv1.call(x)));
      y = relu.call(bn2.call(conv2.call(y)));
      y = bn3.call(conv3.call(y));
      Tensor identity = downsample == null ? x : downsample.call(x);
      return relu.call(y.plusAssign(identity));
    }
  }
}
