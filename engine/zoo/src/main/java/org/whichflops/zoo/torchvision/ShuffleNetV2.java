package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
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
 * ShuffleNet V2, "ShuffleNet V2: Practical Guidelines for Efficient CNN Architecture Design" (Ma et
 * al., arXiv 1807.11164, table 5); follows torchvision 0.21, models/shufflenetv2.py.
 */
public final class ShuffleNetV2 extends Module {
  private static final ModuleType TYPE =
      ModuleType.of("torchvision.models.shufflenetv2.ShuffleNetV2");
  private static final ModuleType INVERTED_RESIDUAL =
      ModuleType.of("torchvision.models.shufflenetv2.InvertedResidual");

  /** Table 5 of the paper: blocks of the stages 2, 3 and 4. */
  private static final int[] BLOCKS = {4, 8, 4};

  /** Table 5 of the paper: channels of conv1, of the stages 2, 3 and 4, and of conv5. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          shufflenet("shufflenet_v2_x0_5", 24, 48, 96, 192, 1024),
          shufflenet("shufflenet_v2_x1_0", 24, 116, 232, 464, 1024),
          shufflenet("shufflenet_v2_x1_5", 24, 176, 352, 704, 1024),
          shufflenet("shufflenet_v2_x2_0", 24, 244, 488, 976, 2048));

  private static Architecture shufflenet(
      String name, int channels1, int channels2, int channels3, int channels4, int channels5) {
    Option<Integer> conv1 = Option.count("conv1", channels1, "channels of the first convolution");
    Option<Integer> stage2 = Option.count("stage2", channels2, "channels of stage 2, even");
    Option<Integer> stage3 = Option.count("stage3", channels3, "channels of stage 3, even");
    Option<Integer> stage4 = Option.count("stage4", channels4, "channels of stage 4, even");
    Option<Integer> conv5 = Option.count("conv5", channels5, "channels of the last convolution");
    return Architecture.named(
            name,
            "ShuffleNet V2",
            "Ma et al. 2018, arXiv 1807.11164, table 5; torchvision 0.21",
            InputSize.image(224))
        .options(conv1, stage2, stage3, stage4, conv5, NUM_CLASSES)
        .builtBy(
            settings ->
                new ShuffleNetV2(
                    settings.get(conv1),
                    new int[] {settings.get(stage2), settings.get(stage3), settings.get(stage4)},
                    settings.get(conv5),
                    settings.get(NUM_CLASSES)));
  }

  private final Sequential conv1;
  private final Pool maxpool;
  private final Sequential stage2;
  private final Sequential stage3;
  private final Sequential stage4;
  private final Sequential conv5;
  private final Linear fc;

  private ShuffleNetV2(int stem, int[] stages, int last, int numClasses) {
    super(TYPE);
    conv1 =
        child(
            "conv1",
            new Sequential(
                conv2d(3, stem, 3).stride(2).padding(1).noBias(),
                batchNorm2d(stem),
                reluInplace()));
    maxpool = child("maxpool", maxPool2d(3).stride(2).padding(1));
    stage2 = child("stage2", stage(stem, stages[0], BLOCKS[0]));
    stage3 = child("stage3", stage(stages[0], stages[1], BLOCKS[1]));
    stage4 = child("stage4", stage(stages[1], stages[2], BLOCKS[2]));
    conv5 =
        child("conv5", new Sequential(conv1x1(stages[2], last), batchNorm2d(last), reluInplace()));
    fc = child("fc", new Linear(last, numClasses));
  }

  private static Sequential stage(int in, int out, int blocks) {
    if (out % 2 != 0) {
      throw new IllegalArgumentException(
          "a stage of ShuffleNet V2 has an even number of channels, for two equal branches, but "
              + out
              + " are asked for");
    }
    Sequential stage = new Sequential(new InvertedResidual(in, out, 2));
    for (int i = 1; i < blocks; i++) {
      stage.add(new InvertedResidual(out, out, 1));
    }
    return stage;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = conv1.call(x);
    y = maxpool.call(y);
    y = stage2.call(y);
    y = stage3.call(y);
    y = stage4.call(y);
    y = conv5.call(y);
    y = y.mean(2, 3);
    return fc.call(y);
  }

  private static Conv conv1x1(int in, int out) {
    return conv2d(in, out, 1).noBias();
  }

  private static Conv depthwise3x3(int channels, int stride) {
    return conv2d(channels, channels, 3).stride(stride).padding(1).groups(channels).noBias();
  }

  /**
   * Filters one half of the channels and keeps the other; where it halves the resolution, both
   * branches read and filter all channels. Figure 3 (c) and (d) of the paper.
   */
  private static final class InvertedResidual extends Module {
    private final boolean halving;
    private final Sequential branch1;
    private final Sequential branch2;

    InvertedResidual(int in, int out, int stride) {
      super(INVERTED_RESIDUAL);
      halving = stride > 1;
      int half = out / 2;
      branch1 =
          child(
              "branch1",
              halving
                  ? new Sequential(
                      depthwise3x3(in, stride),
                      batchNorm2d(in),
                      conv1x1(in, half),
                      batchNorm2d(half),
                      reluInplace())
                  : new Sequential());
      branch2 =
          child(
              "branch2",
              new Sequential(
                  conv1x1(halving ? in : half, half),
                  batchNorm2d(half),
                  reluInplace(),
                  depthwise3x3(half, stride),
                  batchNorm2d(half),
                  conv1x1(half, half),
                  batchNorm2d(half),
                  reluInplace()));
    }

    @Override
    protected Tensor forward(Tensor x) {
      if (halving) {
        return shuffled(Torch.cat(1, branch1.call(x), branch2.call(x)));
      }
      Tensor[] halves = x.chunk(2, 1);
      return shuffled(Torch.cat(1, halves[0], branch2.call(halves[1])));
    }

    /** Interleaves the channels of the two branches. */
    private static Tensor shuffled(Tensor x) {
      Tensor y = x.viewUnflattened(1, 2, x.size(1) / 2);
      y = Torch.transpose(y, 1, 2).contiguous();
      return y.viewFlattened(1, 2);
    }
  }
}
