package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * CondenseNet, "CondenseNet: An Efficient DenseNet using Learned Group Convolutions" (Huang et al.,
 * arXiv 1711.09224, table 1), in the form it is used in: learned groups are converted to an index
 * and a grouped convolution, and half of the classifier's inputs are gone; follows
 * ShichenLiu/CondenseNet, models/condensenet_converted.py and layers.py.
 *
 * <p>The paper's 274M and 529M operations also count ReLUs, pools and a bias; its convolutions and
 * the classifier take 262M and 517M.
 */
public final class CondenseNet extends Module {
  private static final String FILE = "models.condensenet_converted.";
  private static final ModuleType TYPE = ModuleType.of(FILE + "CondenseNet");
  private static final ModuleType BLOCK = Sequential.TYPE.subclass(FILE + "_DenseBlock");
  private static final ModuleType LAYER = ModuleType.of(FILE + "_DenseLayer");
  private static final ModuleType TRANSITION = ModuleType.of(FILE + "_Transition");
  private static final ModuleType CONV = Sequential.TYPE.subclass("layers.Conv");
  private static final ModuleType CONDENSE_CONV = ModuleType.of("layers.CondenseConv");
  private static final ModuleType CONDENSE_LINEAR = ModuleType.of("layers.CondenseLinear");

  private static final Option<Integer> GROUPS =
      Option.count("groups", 8, "groups of every convolution, and the condensation factor");

  /** Table 1 of the paper: layers of each dense block. */
  private static final int[] LAYERS = {4, 6, 8, 10, 8};

  /** Table 1 of the paper: channels that a layer adds, doubling from block to block. */
  private static final int[] GROWTH = {8, 16, 32, 64, 128};

  /** Channels of a 1x1 convolution, in channels that the layer adds. */
  private static final int BOTTLENECK = 4;

  /** The network for ImageNet; G = C = 8 unless said. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "condensenet_74",
                  "CondenseNet",
                  "Huang et al. 2017, arXiv 1711.09224, table 1; ShichenLiu/CondenseNet",
                  InputSize.image(224))
              .options(GROUPS, NUM_CLASSES)
              .remark(
                  "converted for use: 261.5M multiply-adds with 8 groups, 516.6M with 4; the"
                      + " paper's 274M and 529M are the authors' script's, which adds ReLU, pooling"
                      + " and biases")
              .builtBy(
                  settings -> new CondenseNet(settings.get(GROUPS), settings.get(NUM_CLASSES))));

  private final Sequential features;
  private final CondenseLinear classifier;

  private CondenseNet(int groups, int numClasses) {
    super(TYPE);
    if (GROWTH[0] % groups != 0) {
      throw new IllegalArgumentException(
          "a CondenseNet has 1, 2, 4 or 8 groups, which divide its growth, but groups=" + groups);
    }
    int channels = 2 * GROWTH[0];
    features = child("features", new Sequential());
    features.add("init_conv", conv2d(3, channels, 3).stride(2).padding(1).noBias());
    for (int i = 0; i < LAYERS.length; i++) {
      Sequential block = new Sequential(BLOCK);
      for (int j = 1; j <= LAYERS[i]; j++) {
        block.add("denselayer_" + j, new DenseLayer(channels, GROWTH[i], groups));
        channels += GROWTH[i];
      }
      features.add("denseblock_" + (i + 1), block);
      if (i < LAYERS.length - 1) {
        features.add("transition_" + (i + 1), new Transition());
      }
    }
    features.add("norm_last", batchNorm2d(channels));
    features.add("relu_last", reluInplace());
    features.add("pool_last", avgPool2d(7));
    classifier = child("classifier", new CondenseLinear(channels, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = y.viewRows();
    return classifier.call(y);
  }

  /** Halves the resolution and keeps the channels. */
  private static final class Transition extends Module {
    private final Pool pool;

    Transition() {
      super(TRANSITION);
      pool = child("pool", avgPool2d(2));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return pool.call(x);
    }
  }

  /** Figure 2 of the paper, right: adds channels to those it is given. */
  private static final class DenseLayer extends Module {
    private final CondenseConv conv1;
    private final Sequential conv2;

    DenseLayer(int in, int growth, int groups) {
      super(LAYER);
      int middle = BOTTLENECK * growth;
      conv1 = child("conv_1", new CondenseConv(in, middle, groups));
      conv2 =
          child(
              "conv_2",
              new Sequential(CONV)
                  .add("norm", batchNorm2d(middle))
                  .add("relu", reluInplace())
                  .add("conv", conv2d(middle, growth, 3).padding(1).groups(groups).noBias()));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = conv1.call(x);
      y = conv2.call(y);
      return Torch.cat(1, x, y);
    }
  }

  /** A learned group convolution after its conversion: index, 1x1 in groups, shuffle. */
  private static final class CondenseConv extends Module {
    private final BatchNorm norm;
    private final Activation relu;
    private final Conv conv;
    private final Parameter index;
    private final int groups;

    CondenseConv(int in, int out, int groups) {
      super(CONDENSE_CONV);
      this.groups = groups;
      norm = child("norm", batchNorm2d(in));
      relu = child("relu", reluInplace());
      conv = child("conv", conv2d(in, out, 1).groups(groups).noBias());
      index = buffer("index", in);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = Torch.indexSelect(x, 1, index.on(x));
      y = norm.call(y);
      y = relu.call(y);
      y = conv.call(y);
      return shuffled(y);
    }

    private Tensor shuffled(Tensor x) {
      long channels = x.size(1);
      Tensor y = x.view(x.size(0), groups, channels / groups, x.size(2), x.size(3));
      y = Torch.transpose(y, 1, 2).contiguous();
      return y.view(x.size(0), -1, x.size(2), x.size(3));
    }
  }

  /** A linear layer over the half of the features that matter most. */
  private static final class CondenseLinear extends Module {
    private final Linear linear;
    private final Parameter index;
    private final int features;

    CondenseLinear(int in, int out) {
      super(CONDENSE_LINEAR);
      features = in;
      linear = child("linear", new Linear(in / 2, out));
      index = buffer("index", in / 2);
    }

    @Override
    protected Tensor forward(Tensor x) {
      if (x.size(1) < features) {
        throw new ShapeException(
            "CondenseLinear expects %d features but its input is %s".formatted(features, x));
      }
      return linear.call(Torch.indexSelect(x, 1, index.on(x)));
    }
  }
}
