package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
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
import org.whichflops.zoo.architecture.Option;

/**
 * VGG, "Very Deep Convolutional Networks for Large-Scale Image Recognition" (Simonyan and
 * Zisserman, arXiv 1409.1556, table 1); follows torchvision 0.21, models/vgg.py.
 *
 * <p>An adaptive pooling before the classifier lets it take other resolutions than 224; at 224 it
 * changes nothing.
 */
public final class Vgg extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.models.vgg.VGG");

  private static final Option<Boolean> CLASSIFIER =
      Option.flag("classifier", true, "have the linear layers; without them, features alone");

  /** Table 1 of the paper: channels of 3x3 convolutions, {@link #POOL} for a 2x2 max-pooling. */
  private static final int POOL = 0;

  private static final int[] A = {
    64, POOL, 128, POOL, 256, 256, POOL, 512, 512, POOL, 512, 512, POOL
  };
  private static final int[] B = {
    64, 64, POOL, 128, 128, POOL, 256, 256, POOL, 512, 512, POOL, 512, 512, POOL
  };
  private static final int[] D = {
    64, 64, POOL, 128, 128, POOL, 256, 256, 256, POOL, 512, 512, 512, POOL, 512, 512, 512, POOL
  };
  private static final int[] E = {
    64, 64, POOL, 128, 128, POOL, 256, 256, 256, 256, POOL, 512, 512, 512, 512, POOL, 512, 512, 512,
    512, POOL
  };

  /** The paper's networks A, B, D and E, with and without batch norm. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          vgg("vgg11", A, false),
          vgg("vgg11_bn", A, true),
          vgg("vgg13", B, false),
          vgg("vgg13_bn", B, true),
          vgg("vgg16", D, false),
          vgg("vgg16_bn", D, true),
          vgg("vgg19", E, false),
          vgg("vgg19_bn", E, true));

  private static Architecture vgg(String name, int[] layers, boolean batchNorm) {
    return Architecture.named(
            name,
            "VGG",
            "Simonyan and Zisserman 2014, arXiv 1409.1556; torchvision 0.21",
            InputSize.image(224))
        .options(CLASSIFIER, NUM_CLASSES)
        .builtBy(
            settings ->
                settings.get(CLASSIFIER)
                    ? new Vgg(layers, batchNorm, settings.get(NUM_CLASSES))
                    : features(layers, batchNorm));
  }

  private final Sequential features;
  private final AdaptivePool avgpool;
  private final Sequential classifier;

  Vgg(int[] layers, boolean batchNorm, int numClasses) {
    super(TYPE);
    features = child("features", features(layers, batchNorm));
    avgpool = child("avgpool", adaptiveAvgPool2d(7, 7));
    classifier =
        child(
            "classifier",
            new Sequential(
                new Linear(512 * 7 * 7, 4096),
                reluInplace(),
                dropout(),
                new Linear(4096, 4096),
                reluInplace(),
                dropout(),
                new Linear(4096, numClasses)));
  }

  private static Sequential features(int[] layers, boolean batchNorm) {
    Sequential features = new Sequential();
    int in = 3;
    for (int out : layers) {
      if (out == POOL) {
        features.add(maxPool2d(2).stride(2));
        continue;
      }
      features.add(conv2d(in, out, 3).padding(1));
      if (batchNorm) {
        features.add(batchNorm2d(out));
      }
      features.add(reluInplace());
      in = out;
    }
    return features;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = avgpool.call(y);
    y = Torch.flatten(y, 1);
    return classifier.call(y);
  }
}
