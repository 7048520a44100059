package org.whichflops.zoo.papers;

import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.torchvision.RegNet;

/**
 * RegNets of "Designing Network Design Spaces" (Radosavovic et al., arXiv 2003.13678) that
 * torchvision does not list: the parameters are those of the model zoo of facebookresearch/pycls
 * (configs/dds_baselines), the modules torchvision's.
 */
public final class PyclsRegNet {
  private static final String SOURCE =
      "Radosavovic et al. 2020, arXiv 2003.13678; parameters of pycls, modules of torchvision 0.21";

  /** By depth, w_0, w_a, w_m, group width and squeeze-and-excitation. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          regnet("regnet_x_200mf", 13, 24, 36.44, 2.49, 8, false),
          regnet("regnet_x_600mf", 16, 48, 36.97, 2.24, 24, false),
          regnet("regnet_y_200mf", 13, 24, 36.44, 2.49, 8, true),
          regnet("regnet_y_600mf", 15, 48, 32.54, 2.32, 16, true));

  private PyclsRegNet() {}

  private static Architecture regnet(
      String name, int depth, int w0, double wa, double wm, int groupWidth, boolean se) {
    return Architecture.named(name, "RegNet", SOURCE, InputSize.image(224))
        .options(NUM_CLASSES)
        .builtBy(
            settings -> RegNet.of(depth, w0, wa, wm, groupWidth, se, settings.get(NUM_CLASSES)));
  }
}
