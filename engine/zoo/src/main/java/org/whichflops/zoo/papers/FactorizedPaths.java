package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;

import java.util.function.BiConsumer;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Pad;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * Halves the resolution in two paths that read positions next to each other, half of the channels
 * each; of an odd number the second has one more, as in TF-slim.
 *
 * <p>NASNet's cells have these modules as their own children, PNASNet has a module of them.
 */
final class FactorizedPaths {
  private static final ModuleType MODULE_LIST = ModuleType.nn("container", "ModuleList");

  private final Activation relu = relu();
  private final Sequential path1;
  private final Sequential path2;
  private final Pad pad = new Pad("ZeroPad2d", 0, 1, 0, 1);
  private final Pool avgpool = avgPool2d(1).stride(2);
  private final Conv conv;
  private final BatchNorm finalPathBn;

  /** Two paths to so many channels together. */
  FactorizedPaths(CellLibrary library, int in, int out) {
    int half = out / 2;
    conv = conv2d(in, out - half, 1).noBias();
    path1 =
        new Sequential()
            .add("avgpool", avgPool2d(1).stride(2))
            .add("conv", conv2d(in, half, 1).noBias());
    // A container that only holds the three modules; they are called one by one.
    path2 = library.isProgressive() ? new Sequential() : new Sequential(MODULE_LIST);
    path2.add("pad", pad).add("avgpool", avgpool).add("conv", conv);
    finalPathBn = batchNorm2d(out);
  }

  /** Gives the modules to the one they are children of. */
  void addTo(BiConsumer<String, Module> parent) {
    parent.accept("relu", relu);
    parent.accept("path_1", path1);
    parent.accept("path_2", path2);
    parent.accept("final_path_bn", finalPathBn);
  }

  /** Both paths, side by side. */
  Tensor of(Tensor x) {
    Tensor activated = relu.call(x);
    Tensor first = path1.call(activated);
    Tensor second = pad.call(activated);
    second = CellLibrary.withoutFirst(second);
    second = avgpool.call(second);
    second = conv.call(second);
    return finalPathBn.call(Torch.cat(1, first, second));
  }
}
