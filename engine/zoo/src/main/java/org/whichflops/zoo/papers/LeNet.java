package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Conv.conv2d;

import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * LeNet-5, "Gradient-Based Learning Applied to Document Recognition" (LeCun et al., Proceedings of
 * the IEEE 86(11), 1998, figure 2); follows the form that PyTorch ports share
 * (kuangliu/pytorch-cifar, models/lenet.py) with the paper's one channel.
 *
 * <p>The ports use plain layers where the paper has trained subsampling, a partly connected third
 * layer (table 1) and radial basis functions at the end: 61,706 parameters where it has about
 * 60,000.
 */
public final class LeNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("models.lenet.LeNet");

  private static final Option<Integer> NUM_CLASSES =
      Option.count("num_classes", 10, "outputs of the last layer");
  private static final Option<Integer> CHANNELS =
      Option.count("in_channels", 1, "channels of the input");

  private static final PoolingArguments HALVING =
      PoolingArguments.of(2, Extents.of(2), Extents.of(2));

  /** The one network. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "lenet5",
                  "LeNet",
                  "LeCun et al. 1998, Proc. IEEE 86(11), figure 2; kuangliu/pytorch-cifar",
                  input(1))
              .options(CHANNELS, NUM_CLASSES)
              .input(settings -> input(settings.get(CHANNELS)))
              .builtBy(settings -> new LeNet(settings.get(CHANNELS), settings.get(NUM_CLASSES))));

  private static InputSize input(int channels) {
    return InputSize.of(Shape.of(1, channels, 32, 32), true);
  }

  private final Conv conv1;
  private final Conv conv2;
  private final Linear fc1;
  private final Linear fc2;
  private final Linear fc3;

  private LeNet(int channels, int numClasses) {
    super(TYPE);
    conv1 = child("conv1", conv2d(channels, 6, 5));
    conv2 = child("conv2", conv2d(6, 16, 5));
    fc1 = child("fc1", new Linear(16 * 5 * 5, 120));
    fc2 = child("fc2", new Linear(120, 84));
    fc3 = child("fc3", new Linear(84, numClasses));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = F.relu(conv1.call(x));
    y = F.maxPool(y, HALVING);
    y = F.relu(conv2.call(y));
    y = F.maxPool(y, HALVING);
    y = y.viewRows();
    y = F.relu(fc1.call(y));
    y = F.relu(fc2.call(y));
    return fc3.call(y);
  }
}
