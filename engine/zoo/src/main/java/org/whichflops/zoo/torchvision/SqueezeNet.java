package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropout;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import java.util.function.Supplier;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;

/**
 * SqueezeNet, "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters and &lt;0.5MB model
 * size" (Iandola et al., arXiv 1602.07360, table 1), and version 1.1 of the authors' repository;
 * follows torchvision 0.21, models/squeezenet.py.
 *
 * <p>The first convolution has no padding, so that 224 gives 109 positions (111 in version 1.1)
 * where the paper's table has 111; poolings round up.
 */
public final class SqueezeNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.models.squeezenet.SqueezeNet");
  private static final ModuleType FIRE = ModuleType.of("torchvision.models.squeezenet.Fire");

  /** Both versions. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          squeezenet(
              "squeezenet1_0",
              "Iandola et al. 2016, arXiv 1602.07360, table 1; torchvision 0.21",
              SqueezeNet::version10),
          squeezenet(
              "squeezenet1_1",
              "version 1.1 in the authors' repository; torchvision 0.21",
              SqueezeNet::version11));

  private static Architecture squeezenet(
      String name, String source, Supplier<Sequential> features) {
    return Architecture.named(name, "SqueezeNet", source, InputSize.image(224))
        .options(NUM_CLASSES)
        .builtBy(settings -> new SqueezeNet(features.get(), settings.get(NUM_CLASSES)));
  }

  private static Sequential version10() {
    return new Sequential(
        conv2d(3, 96, 7).stride(2),
        reluInplace(),
        halving(),
        new Fire(96, 16, 64),
        new Fire(128, 16, 64),
        new Fire(128, 32, 128),
        halving(),
        new Fire(256, 32, 128),
        new Fire(256, 48, 192),
        new Fire(384, 48, 192),
        new Fire(384, 64, 256),
        halving(),
        new Fire(512, 64, 256));
  }

  private static Sequential version11() {
    return new Sequential(
        conv2d(3, 64, 3).stride(2),
        reluInplace(),
        halving(),
        new Fire(64, 16, 64),
        new Fire(128, 16, 64),
        halving(),
        new Fire(128, 32, 128),
        new Fire(256, 32, 128),
        halving(),
        new Fire(256, 48, 192),
        new Fire(384, 48, 192),
        new Fire(384, 64, 256),
        new Fire(512, 64, 256));
  }

  private static Pool halving() {
    return maxPool2d(3).stride(2).ceilMode();
  }

  private final Sequential features;
  private final Sequential classifier;

  private SqueezeNet(Sequential features, int numClasses) {
    super(TYPE);
    this.features = child("features", features);
    classifier =
        child(
            "classifier",
            new Sequential(
                dropout(), conv2d(512, numClasses, 1), reluInplace(), adaptiveAvgPool2d(1, 1)));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = classifier.call(y);
    return Torch.flatten(y, 1);
  }

  /** Squeezes by a 1x1, then expands by a 1x1 and a 3x3 side by side, to as many channels each. */
  private static final class Fire extends Module {
    private final Conv squeeze;
    private final Activation squeezeActivation;
    private final Conv expand1x1;
    private final Activation expand1x1Activation;
    private final Conv expand3x3;
    private final Activation expand3x3Activation;

    Fire(int in, int squeezed, int expanded) {
      super(FIRE);
      squeeze = child("squeeze", conv2d(in, squeezed, 1));
      squeezeActivation = child("squeeze_activation", reluInplace());
      expand1x1 = child("expand1x1", conv2d(squeezed, expanded, 1));
      expand1x1Activation = child("expand1x1_activation", reluInplace());
      expand3x3 = child("expand3x3", conv2d(squeezed, expanded, 3).padding(1));
      expand3x3Activation = child("expand3x3_activation", reluInplace());
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = squeezeActivation.call(squeeze.call(x));
      return Torch.cat(
          1,
          expand1x1Activation.call(expand1x1.call(y)),
          expand3x3Activation.call(expand3x3.call(y)));
    }
  }
}
