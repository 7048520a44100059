package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;
import static org.whichflops.engine.nn.Pool.maxPool2d;

import java.util.List;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * VGG for CIFAR-10 as pruning papers use it: the convolutions of "Very Deep Convolutional Networks
 * for Large-Scale Image Recognition" (Simonyan and Zisserman, arXiv 1409.1556, table 1) with batch
 * norm, and one linear layer; follows kuangliu/pytorch-cifar, models/vgg.py.
 *
 * <p>"Pruning Filters for Efficient ConvNets" (Li et al., arXiv 1608.08710) has a hidden layer of
 * 512 before the last one, and prints 1.5e7 parameters and 3.13e8 operations for VGG-16.
 */
public final class CifarVgg extends Module {
  private static final ModuleType TYPE = ModuleType.of("models.vgg.VGG");

  private static final Option<Integer> NUM_CLASSES =
      Option.count("num_classes", 10, "outputs of the last layer");

  private static final int[] WIDTHS = {64, 128, 256, 512, 512};

  /** Columns A, B, D and E of the paper's table 1: 3x3 convolutions in each of five stages. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          vgg("cifar_vgg11", 1, 1, 2, 2, 2),
          vgg("cifar_vgg13", 2, 2, 2, 2, 2),
          vgg("cifar_vgg16", 2, 2, 3, 3, 3),
          vgg("cifar_vgg19", 2, 2, 4, 4, 4));

  private static Architecture vgg(String name, int... convolutions) {
    return Architecture.named(
            name,
            "VGG for CIFAR",
            "Simonyan and Zisserman 2014, arXiv 1409.1556, table 1; kuangliu/pytorch-cifar",
            InputSize.image(32))
        .options(NUM_CLASSES)
        .builtBy(settings -> new CifarVgg(convolutions, settings.get(NUM_CLASSES)));
  }

  private final Sequential features;
  private final Linear classifier;

  private CifarVgg(int[] convolutions, int numClasses) {
    super(TYPE);
    features = child("features", new Sequential());
    int in = 3;
    for (int i = 0; i < WIDTHS.length; i++) {
      int out = WIDTHS[i];
      for (int j = 0; j < convolutions[i]; j++) {
        features.add(conv2d(in, out, 3).padding(1));
        features.add(batchNorm2d(out));
        features.add(reluInplace());
        in = out;
      }
      features.add(maxPool2d(2));
    }
    features.add(avgPool2d(1));
    classifier = child("classifier", new Linear(in, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = y.viewRows();
    return classifier.call(y);
  }
}
