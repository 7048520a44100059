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
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * Pre-activation ResNet, "Identity Mappings in Deep Residual Networks" (He et al., arXiv
 * 1603.05027): batch norm and ReLU come before each convolution, and the shortcut stays clean;
 * follows pytorchcv (osmr/imgclsmob), preresnet.py.
 *
 * <p>As in the paper a bottleneck halves the resolution in its first 1x1 convolution; {@code
 * stride_in_1x1=false} moves that to the 3x3, as fb.resnet.torch does.
 */
public final class PreActResNet extends Module {
  private static final String FILE = "pytorchcv.models.preresnet.";
  private static final ModuleType TYPE = ModuleType.of(FILE + "PreResNet");
  private static final ModuleType STEM = ModuleType.of(FILE + "PreResInitBlock");
  private static final ModuleType UNIT = ModuleType.of(FILE + "PreResUnit");
  private static final ModuleType BASIC = ModuleType.of(FILE + "PreResBlock");
  private static final ModuleType BOTTLENECK = ModuleType.of(FILE + "PreResBottleneck");
  private static final ModuleType LAST = ModuleType.of(FILE + "PreResActivation");
  private static final ModuleType PRE_CONV = ModuleType.of("pytorchcv.models.common.PreConvBlock");

  private static final Option<Boolean> STRIDE_IN_1X1 =
      Option.flag("stride_in_1x1", true, "halve the resolution in the first 1x1, not in the 3x3");

  /** Depths of the paper, and the units of each of the four stages. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          basic(18, 2, 2, 2, 2),
          basic(34, 3, 4, 6, 3),
          bottleneck(50, 3, 4, 6, 3),
          bottleneck(101, 3, 4, 23, 3),
          bottleneck(152, 3, 8, 36, 3),
          bottleneck(200, 3, 24, 36, 3));

  private static Architecture named(int depth) {
    return Architecture.named(
        "preact_resnet" + depth,
        "pre-activation ResNet",
        "He et al. 2016, arXiv 1603.05027; pytorchcv (osmr/imgclsmob)",
        InputSize.image(224));
  }

  private static Architecture basic(int depth, int... units) {
    return named(depth)
        .options(NUM_CLASSES)
        .builtBy(
            settings ->
                new PreActResNet(
                    (in, out, stride) -> new Body(in, out, stride),
                    1,
                    units,
                    settings.get(NUM_CLASSES)));
  }

  private static Architecture bottleneck(int depth, int... units) {
    return named(depth)
        .options(NUM_CLASSES, STRIDE_IN_1X1)
        .builtBy(
            settings ->
                new PreActResNet(
                    (in, out, stride) -> new Body(in, out, stride, settings.get(STRIDE_IN_1X1)),
                    4,
                    units,
                    settings.get(NUM_CLASSES)));
  }

  private interface Block {
    Body of(int in, int out, int stride);
  }

  private final Sequential features;
  private final Linear output;

  private PreActResNet(Block block, int expansion, int[] units, int numClasses) {
    super(TYPE);
    int in = 64;
    features = child("features", new Sequential());
    features.add("init_block", new Stem(STEM, in, 7));
    for (int i = 0; i < units.length; i++) {
      int out = (64 << i) * expansion;
      Sequential stage = new Sequential();
      for (int j = 0; j < units[i]; j++) {
        int stride = i > 0 && j == 0 ? 2 : 1;
        stage.add("unit" + (j + 1), new Unit(block.of(in, out, stride), in, out, stride));
        in = out;
      }
      features.add("stage" + (i + 1), stage);
    }
    features.add("post_activ", new LastActivation(in));
    features.add("final_pool", avgPool2d(7).stride(1));
    output = child("output", new Linear(in, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = y.viewRows();
    return output.call(y);
  }

  /** A residual; a shortcut with a convolution starts from what the residual activated first. */
  private static final class Unit extends Module {
    private final Body body;
    private final @Nullable Conv identityConv;

    Unit(Body body, int in, int out, int stride) {
      super(UNIT);
      this.body = child("body", body);
      identityConv =
          in == out && stride == 1
              ? null
              : child("identity_conv", conv2d(in, out, 1).stride(stride).noBias());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor[] residual = body.call(new Tensor[] {x});
      Tensor identity = identityConv == null ? x : identityConv.call(residual[1]);
      return residual[0].plus(identity);
    }
  }

  /** Two or three activated convolutions; returns their result and the first activation. */
  private static final class Body extends Module {
    private final PreConv conv1;
    private final PreConv conv2;
    private final @Nullable PreConv conv3;

    /** Two 3x3 convolutions. */
    Body(int in, int out, int stride) {
      super(BASIC);
      conv1 = child("conv1", new PreConv(conv2d(in, out, 3).stride(stride).padding(1)));
      conv2 = child("conv2", new PreConv(conv2d(out, out, 3).padding(1)));
      conv3 = null;
    }

    /** A 1x1, a 3x3 and a 1x1 convolution. */
    Body(int in, int out, int stride, boolean strideIn1x1) {
      super(BOTTLENECK);
      int middle = out / 4;
      int first = strideIn1x1 ? stride : 1;
      int second = strideIn1x1 ? 1 : stride;
      conv1 = child("conv1", new PreConv(conv2d(in, middle, 1).stride(first)));
      conv2 = child("conv2", new PreConv(conv2d(middle, middle, 3).stride(second).padding(1)));
      conv3 = child("conv3", new PreConv(conv2d(middle, out, 1)));
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor[] first = conv1.call(inputs);
      Tensor y = conv2.call(first[0]);
      return new Tensor[] {conv3 == null ? y : conv3.call(y), first[1]};
    }
  }

  /** Batch norm, ReLU and a convolution. */
  private static final class PreConv extends Module {
    private final BatchNorm bn;
    private final Activation activ;
    private final Conv conv;

    PreConv(Conv conv) {
      super(PRE_CONV);
      bn = child("bn", batchNorm2d(conv.hyperparameters().inChannels()));
      activ = child("activ", reluInplace());
      this.conv = child("conv", conv.noBias());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return conv.call(activ.call(bn.call(x)));
    }

    /** With {@code return_preact=True}: the result, and what was convolved. */
    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor activated = activ.call(bn.call(inputs[0]));
      return new Tensor[] {conv.call(activated), activated};
    }
  }

  private static final class LastActivation extends Module {
    private final BatchNorm bn;
    private final Activation activ;

    LastActivation(int channels) {
      super(LAST);
      bn = child("bn", batchNorm2d(channels));
      activ = child("activ", reluInplace());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return activ.call(bn.call(x));
    }
  }
}
