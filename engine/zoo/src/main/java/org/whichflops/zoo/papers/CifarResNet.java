package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;

import java.util.List;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * The ResNets for CIFAR-10 of "Deep Residual Learning for Image Recognition" (He et al., arXiv
 * 1512.03385, section 4.2): 6n + 2 layers of 16, 32 and 64 channels; follows
 * akamaster/pytorch_resnet_cifar10, resnet.py.
 *
 * <p>Shortcuts between stages are the paper's option A: they skip every other position and fill the
 * new channels with zeros, so they have neither parameters nor multiplications.
 */
public final class CifarResNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("resnet.ResNet");
  private static final ModuleType BLOCK = ModuleType.of("resnet.BasicBlock");
  private static final ModuleType LAMBDA = ModuleType.of("resnet.LambdaLayer");

  private static final Option<Integer> NUM_CLASSES =
      Option.count("num_classes", 10, "outputs of the last layer");

  /** Table 6 of the paper: n is 3, 5, 7, 9, 18 and 200. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(resnet(3), resnet(5), resnet(7), resnet(9), resnet(18), resnet(200));

  private static Architecture resnet(int n) {
    return Architecture.named(
            "cifar_resnet" + (6 * n + 2),
            "ResNet for CIFAR",
            "He et al. 2015, arXiv 1512.03385, section 4.2; akamaster/pytorch_resnet_cifar10",
            InputSize.image(32))
        .options(NUM_CLASSES)
        .builtBy(settings -> new CifarResNet(n, settings.get(NUM_CLASSES)));
  }

  private final Conv conv1;
  private final BatchNorm bn1;
  private final Sequential layer1;
  private final Sequential layer2;
  private final Sequential layer3;
  private final Linear linear;

  private CifarResNet(int n, int numClasses) {
    super(TYPE);
    conv1 = child("conv1", conv2d(3, 16, 3).padding(1).noBias());
    bn1 = child("bn1", batchNorm2d(16));
    layer1 = child("layer1", layer(n, 16, 16, 1));
    layer2 = child("layer2", layer(n, 16, 32, 2));
    layer3 = child("layer3", layer(n, 32, 64, 2));
    linear = child("linear", new Linear(64, numClasses));
  }

  private static Sequential layer(int n, int in, int out, int stride) {
    Sequential layer = new Sequential(new Block(in, out, stride));
    for (int i = 1; i < n; i++) {
      layer.add(new Block(out, out, 1));
    }
    return layer;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = F.relu(bn1.call(conv1.call(x)));
    y = layer1.call(y);
    y = layer2.call(y);
    y = layer3.call(y);
    Extents width = Extents.of(Math.toIntExact(y.size(3)));
    y = F.avgPool(y, PoolingArguments.of(2, width, width));
    y = y.viewRows();
    return linear.call(y);
  }

  /** Two 3x3 convolutions and a shortcut. */
  private static final class Block extends Module {
    private final Conv conv1;
    private final BatchNorm bn1;
    private final Conv conv2;
    private final BatchNorm bn2;
    private final Module shortcut;

    Block(int in, int planes, int stride) {
      super(BLOCK);
      conv1 = child("conv1", conv2d(in, planes, 3).stride(stride).padding(1).noBias());
      bn1 = child("bn1", batchNorm2d(planes));
      conv2 = child("conv2", conv2d(planes, planes, 3).padding(1).noBias());
      bn2 = child("bn2", batchNorm2d(planes));
      shortcut =
          child(
              "shortcut",
              stride == 1 && in == planes ? new Sequential() : new PaddedShortcut(planes));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = F.relu(bn1.call(conv1.call(x)));
      y = bn2.call(conv2.call(y));
      y = y.plusAssign(shortcut.call(x));
      return F.relu(y);
    }
  }

  /** Option A. */
  private static final class PaddedShortcut extends Module {
    private static final Index EVERY_OTHER = Index.every(0, 2);

    private final int added;

    PaddedShortcut(int planes) {
      super(LAMBDA);
      added = planes / 4;
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = x.get(Index.ALL, Index.ALL, EVERY_OTHER, EVERY_OTHER);
      return F.pad(y, 0, 0, 0, 0, added, added);
    }
  }
}
