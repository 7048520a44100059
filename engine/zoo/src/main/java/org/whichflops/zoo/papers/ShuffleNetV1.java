package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
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
 * ShuffleNet, "ShuffleNet: An Extremely Efficient Convolutional Neural Network for Mobile Devices"
 * (Zhang et al., arXiv 1707.01083, table 1); follows pytorchcv (osmr/imgclsmob), shufflenet.py.
 *
 * <p>The paper's MFLOPs (140, 292, 524 ...) are targets that it prints for every number of groups;
 * what the published widths take is up to a tenth less. The released networks of the authors differ
 * in the channels of the first convolution at widths of 0.5 and 1.5, have no bias in the classifier
 * and apply the last ReLU before they concatenate.
 */
public final class ShuffleNetV1 extends Module {
  private static final String FILE = "pytorchcv.models.shufflenet.";
  private static final ModuleType TYPE = ModuleType.of(FILE + "ShuffleNet");
  private static final ModuleType STEM = ModuleType.of(FILE + "ShuffleInitBlock");
  private static final ModuleType UNIT = ModuleType.of(FILE + "ShuffleUnit");
  private static final ModuleType SHUFFLE = ModuleType.of("pytorchcv.models.common.ChannelShuffle");

  private static final Option<Double> WIDTH_MULT =
      Option.factor("width_mult", 1.0, "factor on the number of channels of every layer");

  private static final int STEM_CHANNELS = 24;

  /** Units of the stages 2, 3 and 4. */
  private static final int[] UNITS = {4, 8, 4};

  /** Table 1 of the paper: groups, and channels of stage 2, which doubles to stages 3 and 4. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          shufflenet(1, 144),
          shufflenet(2, 200),
          shufflenet(3, 240),
          shufflenet(4, 272),
          shufflenet(8, 384));

  private static Architecture shufflenet(int groups, int channels) {
    return Architecture.named(
            "shufflenet_v1_g" + groups,
            "ShuffleNet V1",
            "Zhang et al. 2017, arXiv 1707.01083, table 1; pytorchcv (osmr/imgclsmob)",
            InputSize.image(224))
        .options(WIDTH_MULT, NUM_CLASSES)
        .remark("the paper's MFLOPs are targets shared by all numbers of groups")
        .builtBy(
            settings ->
                new ShuffleNetV1(
                    groups, channels, settings.get(WIDTH_MULT), settings.get(NUM_CLASSES)));
  }

  private final Sequential features;
  private final Linear output;

  private ShuffleNetV1(int groups, int channels, double width, int numClasses) {
    super(TYPE);
    int in = Widths.scaled(STEM_CHANNELS, width, 1);
    features = child("features", new Sequential());
    features.add("init_block", new Stem(STEM, in, 3));
    for (int i = 0; i < UNITS.length; i++) {
      int out = Widths.scaled(channels << i, width, 1);
      Sequential stage = new Sequential();
      for (int j = 0; j < UNITS[i]; j++) {
        stage.add("unit" + (j + 1), new Unit(in, out, groups, j == 0, i == 0 && j == 0));
        in = out;
      }
      features.add("stage" + (i + 1), stage);
    }
    features.add("final_pool", avgPool2d(7).stride(1));
    output = child("output", new Linear(in, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = y.viewRows();
    return output.call(y);
  }

  /** Figure 2 (b) of the paper, and (c) where it halves the resolution. */
  private static final class Unit extends Module {
    private final Conv compressConv1;
    private final BatchNorm compressBn1;
    private final Shuffle shuffle;
    private final Conv dwConv2;
    private final BatchNorm dwBn2;
    private final Conv expandConv3;
    private final BatchNorm expandBn3;
    private final @Nullable Pool avgpool;
    private final Activation activ;

    Unit(int in, int out, int groups, boolean halving, boolean firstUngrouped) {
      super(UNIT);
      int middle = out / 4;
      int expanded = halving ? out - in : out;
      if (middle < 1 || middle % groups != 0 || expanded < 1 || expanded % groups != 0) {
        throw new IllegalArgumentException(
            "a unit of ShuffleNet with %d groups has a quarter of its %d channels, and the %d it "
                    .formatted(groups, out, expanded)
                + "computes, in whole groups; take another width_mult");
      }
      compressConv1 =
          child(
              "compress_conv1", conv2d(in, middle, 1).groups(firstUngrouped ? 1 : groups).noBias());
      compressBn1 = child("compress_bn1", batchNorm2d(middle));
      shuffle = child("c_shuffle", new Shuffle(groups));
      dwConv2 =
          child(
              "dw_conv2",
              conv2d(middle, middle, 3).stride(halving ? 2 : 1).padding(1).groups(middle).noBias());
      dwBn2 = child("dw_bn2", batchNorm2d(middle));
      expandConv3 = child("expand_conv3", conv2d(middle, expanded, 1).groups(groups).noBias());
      expandBn3 = child("expand_bn3", batchNorm2d(expanded));
      avgpool = halving ? child("avgpool", avgPool2d(3).stride(2).padding(1)) : null;
      activ = child("activ", reluInplace());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = compressConv1.call(x);
      y = compressBn1.call(y);
      y = activ.call(y);
      y = shuffle.call(y);
      y = dwConv2.call(y);
      y = dwBn2.call(y);
      y = expandConv3.call(y);
      y = expandBn3.call(y);
      y = avgpool == null ? y.plus(x) : Torch.cat(1, y, avgpool.call(x));
      return activ.call(y);
    }
  }

  /** Lets the next grouped convolution see channels of every group. */
  private static final class Shuffle extends Module {
    private final int groups;

    Shuffle(int groups) {
      super(SHUFFLE);
      this.groups = groups;
    }

    @Override
    protected Tensor forward(Tensor x) {
      long channels = x.size(1);
      Tensor y = x.view(x.size(0), groups, channels / groups, x.size(2), x.size(3));
      y = Torch.transpose(y, 1, 2).contiguous();
      return y.view(x.size(0), channels, x.size(2), x.size(3));
    }
  }
}
