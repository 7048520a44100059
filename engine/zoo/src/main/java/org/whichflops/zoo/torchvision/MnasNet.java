package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropoutInplace;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * MnasNet-B1, "MnasNet: Platform-Aware Neural Architecture Search for Mobile" (Tan et al., arXiv
 * 1807.11626); follows torchvision 0.21, models/mnasnet.py.
 *
 * <p>B1 is the searched network without squeeze-and-excitation; figure 7 of the paper draws A1,
 * which has it.
 */
public final class MnasNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.models.mnasnet.MNASNet");
  private static final ModuleType INVERTED_RESIDUAL =
      ModuleType.of("torchvision.models.mnasnet._InvertedResidual");

  /** Channels of the first convolution and of the depthwise separable one after it. */
  private static final int STEM = 32;

  private static final int SEPARABLE = 16;
  private static final int LAST = 1280;

  /** Channels, kernel, stride, expansion, repetitions. */
  private static final int[][] STACKS = {
    {24, 3, 2, 3, 3},
    {40, 5, 2, 3, 3},
    {80, 5, 2, 6, 3},
    {96, 3, 1, 6, 2},
    {192, 5, 2, 6, 4},
    {320, 3, 1, 6, 1},
  };

  /** The four widths of torchvision. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          mnasnet("mnasnet0_5", 0.5),
          mnasnet("mnasnet0_75", 0.75),
          mnasnet("mnasnet1_0", 1.0),
          mnasnet("mnasnet1_3", 1.3));

  private static Architecture mnasnet(String name, double width) {
    Option<Double> alpha =
        Option.factor("alpha", width, "factor on the number of channels of every layer");
    return Architecture.named(
            name,
            "MnasNet",
            "Tan et al. 2018, arXiv 1807.11626; torchvision 0.21",
            InputSize.image(224))
        .options(alpha, NUM_CLASSES)
        .remark("B1, without squeeze-and-excitation")
        .builtBy(settings -> new MnasNet(settings.get(alpha), settings.get(NUM_CLASSES)));
  }

  private final Sequential layers;
  private final Sequential classifier;

  private MnasNet(double alpha, int numClasses) {
    super(TYPE);
    int stem = Channels.divisibleBy8(STEM * alpha);
    int in = Channels.divisibleBy8(SEPARABLE * alpha);
    layers =
        child(
            "layers",
            new Sequential(
                conv2d(3, stem, 3).stride(2).padding(1).noBias(),
                norm(stem),
                reluInplace(),
                conv2d(stem, stem, 3).padding(1).groups(stem).noBias(),
                norm(stem),
                reluInplace(),
                conv2d(stem, in, 1).noBias(),
                norm(in)));
    for (int[] stack : STACKS) {
      int out = Channels.divisibleBy8(stack[0] * alpha);
      layers.add(stack(in, out, stack[1], stack[2], stack[3], stack[4]));
      in = out;
    }
    layers.add(conv2d(in, LAST, 1).noBias());
    layers.add(norm(LAST));
    layers.add(reluInplace());
    classifier =
        child("classifier", new Sequential(dropoutInplace().p(0.2), new Linear(LAST, numClasses)));
  }

  private static Sequential stack(
      int in, int out, int kernel, int stride, int expansion, int repetitions) {
    Sequential stack = new Sequential(new InvertedResidual(in, out, kernel, stride, expansion));
    for (int i = 1; i < repetitions; i++) {
      stack.add(new InvertedResidual(out, out, kernel, 1, expansion));
    }
    return stack;
  }

  /** Momentum as in TensorFlow's code, where 0.9997 is kept. */
  private static BatchNorm norm(int channels) {
    return BatchNorm.batchNorm2d(channels).momentum(1 - 0.9997);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = layers.call(x);
    y = y.mean(2, 3);
    return classifier.call(y);
  }

  /** Expands by a 1x1, filters depthwise, and projects linearly. */
  private static final class InvertedResidual extends Module {
    private final Sequential layers;
    private final boolean residual;

    InvertedResidual(int in, int out, int kernel, int stride, int expansion) {
      super(INVERTED_RESIDUAL);
      int hidden = Channels.times(in, expansion);
      layers =
          child(
              "layers",
              new Sequential(
                  conv2d(in, hidden, 1).noBias(),
                  norm(hidden),
                  reluInplace(),
                  conv2d(hidden, hidden, kernel)
                      .stride(stride)
                      .padding(kernel / 2)
                      .groups(hidden)
                      .noBias(),
                  norm(hidden),
                  reluInplace(),
                  conv2d(hidden, out, 1).noBias(),
                  norm(out)));
      residual = in == out && stride == 1;
    }

    @Override
    protected Tensor forward(Tensor x) {
      return residual ? layers.call(x).plus(x) : layers.call(x);
    }
  }
}
