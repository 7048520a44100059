package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;

import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * The DenseNets for CIFAR of "Densely Connected Convolutional Networks" (Huang et al., arXiv
 * 1608.06993, section 3 and table 2); follows andreasveit/densenet-pytorch, densenet.py, with the
 * paper's 16 first channels in the networks without bottlenecks, where that code has twice the
 * growth rate.
 */
public final class CifarDenseNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("densenet.DenseNet3");
  private static final ModuleType BLOCK = ModuleType.of("densenet.DenseBlock");
  private static final ModuleType BASIC = ModuleType.of("densenet.BasicBlock");
  private static final ModuleType BOTTLENECK = ModuleType.of("densenet.BottleneckBlock");
  private static final ModuleType TRANSITION = ModuleType.of("densenet.TransitionBlock");

  private static final Option<Integer> NUM_CLASSES =
      Option.count("num_classes", 10, "outputs of the last layer");

  private static final int BLOCKS = 3;

  /** Bottleneck channels of a layer, in growth rates. */
  private static final int BN_SIZE = 4;

  /**
   * A column of table 2: depth L, growth rate k, and whether it is DenseNet-BC, with bottlenecks
   * and transitions that halve the channels.
   */
  private record Size(int depth, int growth, boolean bc) {
    int stem() {
      return bc ? 2 * growth : 16;
    }

    /** Layers of a block: all but the stem, two transitions and the classifier. */
    int layers() {
      return (depth - BLOCKS - 1) / BLOCKS / (bc ? 2 : 1);
    }

    int compressed(int channels) {
      return bc ? channels / 2 : channels;
    }

    Module layer(int in) {
      return bc ? new BottleneckLayer(in, growth) : new BasicLayer(in, growth);
    }
  }

  /** Table 2 of the paper. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          densenet("cifar_densenet40_k12", new Size(40, 12, false)),
          densenet("cifar_densenet100_k12", new Size(100, 12, false)),
          densenet("cifar_densenet100_k24", new Size(100, 24, false)),
          densenet("cifar_densenet100_k12_bc", new Size(100, 12, true)),
          densenet("cifar_densenet250_k24_bc", new Size(250, 24, true)),
          densenet("cifar_densenet190_k40_bc", new Size(190, 40, true)));

  private static Architecture densenet(String name, Size size) {
    return Architecture.named(
            name,
            "DenseNet for CIFAR",
            "Huang et al. 2016, arXiv 1608.06993, table 2; andreasveit/densenet-pytorch",
            InputSize.image(32))
        .options(NUM_CLASSES)
        .builtBy(settings -> new CifarDenseNet(size, settings.get(NUM_CLASSES)));
  }

  private final Conv conv1;
  private final DenseBlock block1;
  private final Transition trans1;
  private final DenseBlock block2;
  private final Transition trans2;
  private final DenseBlock block3;
  private final BatchNorm bn1;
  private final Activation relu;
  private final Linear fc;
  private final int features;

  private CifarDenseNet(Size size, int numClasses) {
    super(TYPE);
    int channels = size.stem();
    int added = size.layers() * size.growth();
    conv1 = child("conv1", conv2d(3, channels, 3).padding(1).noBias());
    block1 = child("block1", new DenseBlock(size, channels));
    channels += added;
    trans1 = child("trans1", new Transition(channels, size.compressed(channels)));
    channels = size.compressed(channels);
    block2 = child("block2", new DenseBlock(size, channels));
    channels += added;
    trans2 = child("trans2", new Transition(channels, size.compressed(channels)));
    channels = size.compressed(channels);
    block3 = child("block3", new DenseBlock(size, channels));
    channels += added;
    bn1 = child("bn1", batchNorm2d(channels));
    relu = child("relu", reluInplace());
    features = channels;
    fc = child("fc", new Linear(channels, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = conv1.call(x);
    y = trans1.call(block1.call(y));
    y = trans2.call(block2.call(y));
    y = block3.call(y);
    y = relu.call(bn1.call(y));
    y = F.avgPool(y, PoolingArguments.of(2, Extents.of(8), Extents.of(8)));
    y = y.view(-1, features);
    return fc.call(y);
  }

  private static final class DenseBlock extends Module {
    private final Sequential layer;

    DenseBlock(Size size, int in) {
      super(BLOCK);
      layer = child("layer", new Sequential());
      for (int i = 0; i < size.layers(); i++) {
        layer.add(size.layer(in + i * size.growth()));
      }
    }

    @Override
    protected Tensor forward(Tensor x) {
      return layer.call(x);
    }
  }

  /** A 3x3 convolution of everything before it, set beside that. */
  private static final class BasicLayer extends Module {
    private final BatchNorm bn1;
    private final Activation relu;
    private final Conv conv1;

    BasicLayer(int in, int growth) {
      super(BASIC);
      bn1 = child("bn1", batchNorm2d(in));
      relu = child("relu", reluInplace());
      conv1 = child("conv1", conv2d(in, growth, 3).padding(1).noBias());
    }

    @Override
    protected Tensor forward(Tensor x) {
      return Torch.cat(1, x, conv1.call(relu.call(bn1.call(x))));
    }
  }

  /** The same after a 1x1 convolution that narrows. */
  private static final class BottleneckLayer extends Module {
    private final BatchNorm bn1;
    private final Activation relu;
    private final Conv conv1;
    private final BatchNorm bn2;
    private final Conv conv2;

    BottleneckLayer(int in, int growth) {
      super(BOTTLENECK);
      int narrow = BN_SIZE * growth;
      bn1 = child("bn1", batchNorm2d(in));
      relu = child("relu", reluInplace());
      conv1 = child("conv1", conv2d(in, narrow, 1).noBias());
      bn2 = child("bn2", batchNorm2d(narrow));
      conv2 = child("conv2", conv2d(narrow, growth, 3).padding(1).noBias());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = conv1.call(relu.call(bn1.call(x)));
      y = conv2.call(relu.call(bn2.call(y)));
      return Torch.cat(1, x, y);
    }
  }

  private static final class Transition extends Module {
    private final BatchNorm bn1;
    private final Activation relu;
    private final Conv conv1;

    Transition(int in, int out) {
      super(TRANSITION);
      bn1 = child("bn1", batchNorm2d(in));
      relu = child("relu", reluInplace());
      conv1 = child("conv1", conv2d(in, out, 1).noBias());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = conv1.call(relu.call(bn1.call(x)));
      return F.avgPool(y, PoolingArguments.of(2, Extents.of(2), Extents.of(2)));
    }
  }
}
