package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
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
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * GhostNet, "GhostNet: More Features from Cheap Operations" (Han et al., arXiv 1911.11907, table
 * 1); follows huawei-noah/ghostnet, ghostnet_pytorch/ghostnet.py.
 *
 * <p>At a width of 1.3 the code takes 227.0M multiply-accumulates and 7.36M parameters where the
 * paper prints 226M and 7.3M.
 */
public final class GhostNet extends Module {
  private static final String FILE = "ghostnet.";
  private static final ModuleType TYPE = ModuleType.of(FILE + "GhostNet");
  private static final ModuleType BOTTLENECK = ModuleType.of(FILE + "GhostBottleneck");
  private static final ModuleType GHOST = ModuleType.of(FILE + "GhostModule");
  private static final ModuleType SE = ModuleType.of(FILE + "SqueezeExcite");
  private static final ModuleType CONV = ModuleType.of(FILE + "ConvBnAct");

  private static final Option<Double> WIDTH_MULT =
      Option.factor("width_mult", 1.0, "factor on the number of channels of every layer");

  /** Table 1 of the paper, by resolution: kernel, expansion, out, squeeze (1 is yes), stride. */
  private static final int[][][] STAGES = {
    {{3, 16, 16, 0, 1}},
    {{3, 48, 24, 0, 2}},
    {{3, 72, 24, 0, 1}},
    {{5, 72, 40, 1, 2}},
    {{5, 120, 40, 1, 1}},
    {{3, 240, 80, 0, 2}},
    {
      {3, 200, 80, 0, 1},
      {3, 184, 80, 0, 1},
      {3, 184, 80, 0, 1},
      {3, 480, 112, 1, 1},
      {3, 672, 112, 1, 1}
    },
    {{5, 672, 160, 1, 2}},
    {
      {5, 960, 160, 0, 1},
      {5, 960, 160, 1, 1},
      {5, 960, 160, 0, 1},
      {5, 960, 160, 1, 1}
    },
  };

  private static final int LAST = 960;
  private static final int HEAD = 1280;

  /** The one network, at any width. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "ghostnet",
                  "GhostNet",
                  "Han et al. 2019, arXiv 1911.11907, table 1; huawei-noah/ghostnet",
                  InputSize.image(224))
              .options(WIDTH_MULT, NUM_CLASSES)
              .remark(
                  "the paper prints 7.3M parameters and 226M for a width of 1.3; its code has 7.36M"
                      + " and 227.0M")
              .builtBy(
                  settings -> new GhostNet(settings.get(WIDTH_MULT), settings.get(NUM_CLASSES))));

  private final Conv convStem;
  private final BatchNorm bn1;
  private final Activation act1;
  private final Sequential blocks;
  private final AdaptivePool globalPool;
  private final Conv convHead;
  private final Activation act2;
  private final Linear classifier;

  private GhostNet(double width, int numClasses) {
    super(TYPE);
    int in = Widths.divisible(16 * width, 4);
    convStem = child("conv_stem", conv2d(3, in, 3).stride(2).padding(1).noBias());
    bn1 = child("bn1", batchNorm2d(in));
    act1 = child("act1", reluInplace());
    blocks = child("blocks", new Sequential());
    for (int[][] stage : STAGES) {
      Sequential layers = new Sequential();
      for (int[] block : stage) {
        int middle = Widths.divisible(block[1] * width, 4);
        int out = Widths.divisible(block[2] * width, 4);
        layers.add(new Bottleneck(in, middle, out, block[0], block[4], block[3] > 0));
        in = out;
      }
      blocks.add(layers);
    }
    int last = Widths.divisible(LAST * width, 4);
    blocks.add(new Sequential(new ConvBnAct(in, last)));
    globalPool = child("global_pool", adaptiveAvgPool2d(1));
    convHead = child("conv_head", conv2d(last, HEAD, 1));
    act2 = child("act2", reluInplace());
    classifier = child("classifier", new Linear(HEAD, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = convStem.call(x);
    y = bn1.call(y);
    y = act1.call(y);
    y = blocks.call(y);
    y = globalPool.call(y);
    y = convHead.call(y);
    y = act2.call(y);
    y = y.viewRows();
    y = F.dropout("F.dropout", y);
    return classifier.call(y);
  }

  private static final class ConvBnAct extends Module {
    private final Conv conv;
    private final BatchNorm bn1;
    private final Activation act1;

    ConvBnAct(int in, int out) {
      super(CONV);
      conv = child("conv", conv2d(in, out, 1).noBias());
      bn1 = child("bn1", batchNorm2d(out));
      act1 = child("act1", reluInplace());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return act1.call(bn1.call(conv.call(x)));
    }
  }

  /** Figure 2 (b) of the paper: half of the channels are cheap functions of the other half. */
  private static final class Ghost extends Module {
    private final Sequential primaryConv;
    private final Sequential cheapOperation;
    private final Index kept;

    Ghost(int in, int out, boolean activated) {
      super(GHOST);
      int half = (out + 1) / 2;
      kept = Index.range(0, out);
      primaryConv =
          child(
              "primary_conv",
              new Sequential(
                  conv2d(in, half, 1).noBias(), batchNorm2d(half), activation(activated)));
      cheapOperation =
          child(
              "cheap_operation",
              new Sequential(
                  conv2d(half, half, 3).padding(1).groups(half).noBias(),
                  batchNorm2d(half),
                  activation(activated)));
    }

    private static Module activation(boolean activated) {
      return activated ? reluInplace() : new Sequential();
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor primary = primaryConv.call(x);
      Tensor cheap = cheapOperation.call(primary);
      return Torch.cat(1, primary, cheap).get(Index.ALL, kept, Index.ALL, Index.ALL);
    }
  }

  private static final class SqueezeExcite extends Module {
    private final AdaptivePool avgPool;
    private final Conv convReduce;
    private final Activation act1;
    private final Conv convExpand;

    SqueezeExcite(int channels) {
      super(SE);
      int reduced = Widths.divisible(channels * 0.25, 4);
      avgPool = child("avg_pool", adaptiveAvgPool2d(1));
      convReduce = child("conv_reduce", conv2d(channels, reduced, 1));
      act1 = child("act1", reluInplace());
      convExpand = child("conv_expand", conv2d(reduced, channels, 1));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor scale = avgPool.call(x);
      scale = convReduce.call(scale);
      scale = act1.call(scale);
      scale = convExpand.call(scale);
      return x.times(Activations.RELU6.of(scale.plus(3)).over(6));
    }
  }

  /** Figure 3 of the paper. */
  private static final class Bottleneck extends Module {
    private final Ghost ghost1;
    private final @Nullable Conv convDw;
    private final @Nullable BatchNorm bnDw;
    private final @Nullable SqueezeExcite se;
    private final Ghost ghost2;
    private final Sequential shortcut;

    Bottleneck(int in, int middle, int out, int kernel, int stride, boolean squeeze) {
      super(BOTTLENECK);
      ghost1 = child("ghost1", new Ghost(in, middle, true));
      convDw = stride > 1 ? child("conv_dw", depthwise(middle, kernel, stride)) : null;
      bnDw = stride > 1 ? child("bn_dw", batchNorm2d(middle)) : null;
      se = squeeze ? child("se", new SqueezeExcite(middle)) : null;
      ghost2 = child("ghost2", new Ghost(middle, out, false));
      shortcut =
          child(
              "shortcut",
              in == out && stride == 1
                  ? new Sequential()
                  : new Sequential(
                      depthwise(in, kernel, stride),
                      batchNorm2d(in),
                      conv2d(in, out, 1).noBias(),
                      batchNorm2d(out)));
    }

    private static Conv depthwise(int channels, int kernel, int stride) {
      return conv2d(channels, channels, kernel)
          .stride(stride)
          .padding((kernel - 1) / 2)
          .groups(channels)
          .noBias();
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = ghost1.call(x);
      if (convDw != null && bnDw != null) {
        y = bnDw.call(convDw.call(y));
      }
      if (se != null) {
        y = se.call(y);
      }
      y = ghost2.call(y);
      return y.plusAssign(shortcut.call(x));
    }
  }
}
