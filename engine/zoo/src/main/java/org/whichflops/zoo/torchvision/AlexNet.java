package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropout;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;

/**
 * AlexNet as in "One weird trick for parallelizing convolutional neural networks" (Krizhevsky,
 * arXiv 1404.5997); follows torchvision 0.21, models/alexnet.py.
 *
 * <p>The 2012 network differs: two groups, local response normalization, 96 first channels.
 */
public final class AlexNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.models.alexnet.AlexNet");

  /** The one network of the family. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "alexnet",
                  "AlexNet",
                  "Krizhevsky 2014, arXiv 1404.5997; torchvision 0.21",
                  InputSize.image(224))
              .options(NUM_CLASSES)
              .remark(
                  "one column without groups or response normalization, unlike the 2012 paper's")
              .builtBy(settings -> new AlexNet(settings.get(NUM_CLASSES))));

  private final Sequential features;
  private final AdaptivePool avgpool;
  private final Sequential classifier;

  AlexNet(int numClasses) {
    super(TYPE);
    features =
        child(
            "features",
            new Sequential(
                conv2d(3, 64, 11).stride(4).padding(2),
                reluInplace(),
                maxPool2d(3).stride(2),
                conv2d(64, 192, 5).padding(2),
                reluInplace(),
                maxPool2d(3).stride(2),
                conv2d(192, 384, 3).padding(1),
                reluInplace(),
                conv2d(384, 256, 3).padding(1),
                reluInplace(),
                conv2d(256, 256, 3).padding(1),
                reluInplace(),
                maxPool2d(3).stride(2)));
    avgpool = child("avgpool", adaptiveAvgPool2d(6, 6));
    classifier =
        child(
            "classifier",
            new Sequential(
                dropout(),
                new Linear(256 * 6 * 6, 4096),
                reluInplace(),
                dropout(),
                new Linear(4096, 4096),
                reluInplace(),
                new Linear(4096, numClasses)));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = avgpool.call(y);
    y = Torch.flatten(y, 1);
    return classifier.call(y);
  }
}
