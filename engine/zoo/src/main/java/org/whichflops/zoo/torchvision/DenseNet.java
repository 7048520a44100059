package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleDict;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * DenseNet-BC, "Densely Connected Convolutional Networks" (Huang et al., arXiv 1608.06993, table
 * 1); follows torchvision 0.21, models/densenet.py.
 *
 * <p>Every layer concatenates the outputs of all layers before it in its block. DenseNet-161, with
 * growth rate 48, is in the authors' repository and not in the table, DenseNet-264 in the table and
 * not in torchvision.
 */
public final class DenseNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.models.densenet.DenseNet");
  private static final ModuleType DENSE_BLOCK =
      ModuleDict.TYPE.subclass("torchvision.models.densenet._DenseBlock");
  private static final ModuleType DENSE_LAYER =
      ModuleType.of("torchvision.models.densenet._DenseLayer");
  private static final ModuleType TRANSITION =
      Sequential.TYPE.subclass("torchvision.models.densenet._Transition");

  private static final Option<Integer> BN_SIZE =
      Option.count("bn_size", 4, "bottleneck channels of a layer, in growth rates");

  private static final AdaptivePoolingArguments TO_ONE =
      new AdaptivePoolingArguments(2, Extents.of(1));

  /** Table 1 of the paper: growth rate k, first channels, layers of the four blocks. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          densenet("densenet121", 32, 64, 6, 12, 24, 16),
          densenet("densenet161", 48, 96, 6, 12, 36, 24),
          densenet("densenet169", 32, 64, 6, 12, 32, 32),
          densenet("densenet201", 32, 64, 6, 12, 48, 32),
          densenet("densenet264", 32, 64, 6, 12, 64, 48));

  private static Architecture densenet(String name, int growthRate, int stem, int... blocks) {
    Option<Integer> growth =
        Option.count("growth_rate", growthRate, "channels that every layer adds (k)");
    return Architecture.named(
            name,
            "DenseNet",
            "Huang et al. 2016, arXiv 1608.06993, table 1; torchvision 0.21",
            InputSize.image(224))
        .options(growth, BN_SIZE, NUM_CLASSES)
        .builtBy(
            settings ->
                new DenseNet(
                    settings.get(growth),
                    blocks,
                    stem,
                    settings.get(BN_SIZE),
                    settings.get(NUM_CLASSES)));
  }

  private final Sequential features;
  private final Linear classifier;

  private DenseNet(int growth, int[] blocks, int stem, int bnSize, int numClasses) {
    super(TYPE);
    features = child("features", new Sequential());
    features.add("conv0", conv2d(3, stem, 7).stride(2).padding(3).noBias());
    features.add("norm0", batchNorm2d(stem));
    features.add("relu0", reluInplace());
    features.add("pool0", maxPool2d(3).stride(2).padding(1));
    int channels = stem;
    for (int i = 1; i <= blocks.length; i++) {
      int layers = blocks[i - 1];
      features.add("denseblock" + i, new DenseBlock(layers, channels, growth, bnSize));
      channels = Math.addExact(channels, Channels.times(growth, layers));
      if (i < blocks.length) {
        features.add("transition" + i, transition(channels, channels / 2));
        channels /= 2;
      }
    }
    features.add("norm5", batchNorm2d(channels));
    classifier = child("classifier", new Linear(channels, numClasses));
  }

  private static Sequential transition(int in, int out) {
    return new Sequential(TRANSITION)
        .add("norm", batchNorm2d(in))
        .add("relu", reluInplace())
        .add("conv", conv2d(in, out, 1).noBias())
        .add("pool", avgPool2d(2).stride(2));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = Activations.RELU_INPLACE.of(y);
    y = F.adaptiveAvgPool(y, TO_ONE);
    y = Torch.flatten(y, 1);
    return classifier.call(y);
  }

  /** Layers that each read the block's input and the outputs of all layers before. */
  private static final class DenseBlock extends Module {
    private final List<DenseLayer> layers = new ArrayList<>();

    DenseBlock(int count, int in, int growth, int bnSize) {
      super(DENSE_BLOCK);
      for (int i = 0; i < count; i++) {
        DenseLayer layer =
            new DenseLayer(Math.addExact(in, Channels.times(growth, i)), growth, bnSize);
        layers.add(child("denselayer" + (i + 1), layer));
      }
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor[] features = new Tensor[layers.size() + 1];
      features[0] = x;
      for (int i = 0; i < layers.size(); i++) {
        features[i + 1] = layers.get(i).call(Arrays.copyOf(features, i + 1))[0];
      }
      return Torch.cat(1, features);
    }
  }

  /** Narrows by a 1x1, filters by a 3x3, each after batch norm and ReLU. */
  private static final class DenseLayer extends Module {
    private final BatchNorm norm1;
    private final Activation relu1;
    private final Conv conv1;
    private final BatchNorm norm2;
    private final Activation relu2;
    private final Conv conv2;

    DenseLayer(int in, int growth, int bnSize) {
      super(DENSE_LAYER);
      int narrow = Channels.times(growth, bnSize);
      norm1 = child("norm1", batchNorm2d(in));
      relu1 = child("relu1", reluInplace());
      conv1 = child("conv1", conv2d(in, narrow, 1).noBias());
      norm2 = child("norm2", batchNorm2d(narrow));
      relu2 = child("relu2", reluInplace());
      conv2 = child("conv2", conv2d(narrow, growth, 3).padding(1).noBias());
    }

    @Override
    protected Tensor[] forward(Tensor... features) {
      Tensor y = Torch.cat(1, features);
      y = conv1.call(relu1.call(norm1.call(y)));
      y = conv2.call(relu2.call(norm2.call(y)));
      return new Tensor[] {y};
    }
  }
}
