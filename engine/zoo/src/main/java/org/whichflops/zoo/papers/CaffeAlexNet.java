package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropout;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Flatten;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.LocalResponseNorm;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.zoo.architecture.Architecture;

/**
 * AlexNet, "ImageNet Classification with Deep Convolutional Neural Networks" (Krizhevsky et al.
 * 2012, section 3.5), whose two towers are groups of convolutions; follows BVLC/caffe,
 * models/bvlc_alexnet and models/bvlc_reference_caffenet, as PyTorch modules in a row.
 *
 * <p>CaffeNet pools before it normalizes, which changes neither parameters nor multiplications.
 * Maps of 55x55 need images of 227x227 without padding, which the paper calls 224x224.
 */
public final class CaffeAlexNet {
  private static final boolean NORM_FIRST = true;

  /** Caffe's two. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(alexnet("bvlc_alexnet", NORM_FIRST), alexnet("caffenet", !NORM_FIRST));

  private CaffeAlexNet() {}

  private static Architecture alexnet(String name, boolean normFirst) {
    return Architecture.named(
            name,
            "AlexNet",
            "Krizhevsky et al. 2012, section 3.5; BVLC/caffe",
            InputSize.fixed(1, 3, 227, 227))
        .options(NUM_CLASSES)
        .remark(
            "two groups, as the paper's two towers; takes 227x227 only, which the paper calls 224")
        .builtBy(settings -> network(normFirst, settings.get(NUM_CLASSES)));
  }

  private static Sequential network(boolean normFirst, int numClasses) {
    Sequential network = new Sequential();
    stage(network, conv2d(3, 96, 11).stride(4), normFirst);
    stage(network, conv2d(96, 256, 5).padding(2).groups(2), normFirst);
    network.add(conv2d(256, 384, 3).padding(1)).add(reluInplace());
    network.add(conv2d(384, 384, 3).padding(1).groups(2)).add(reluInplace());
    network.add(conv2d(384, 256, 3).padding(1).groups(2)).add(reluInplace());
    network.add(maxPool2d(3).stride(2));
    network.add(new Flatten());
    network.add(new Linear(256 * 6 * 6, 4096)).add(reluInplace()).add(dropout());
    network.add(new Linear(4096, 4096)).add(reluInplace()).add(dropout());
    return network.add(new Linear(4096, numClasses));
  }

  /** A convolution with response normalization and pooling, in either order. */
  private static void stage(Sequential network, Conv conv, boolean normFirst) {
    network.add(conv).add(reluInplace());
    if (normFirst) {
      network.add(new LocalResponseNorm(5)).add(maxPool2d(3).stride(2));
    } else {
      network.add(maxPool2d(3).stride(2)).add(new LocalResponseNorm(5));
    }
  }
}
