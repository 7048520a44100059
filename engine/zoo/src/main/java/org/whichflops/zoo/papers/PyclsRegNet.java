package org.whichflops.zoo.papers;

import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.torchvision.RegNet;

/**
 * The RegNets of "Designing Network Design Spaces" (Radosavovic et al., arXiv 2003.13678) with the
 * parameters of the authors' model zoo (facebookresearch/pycls, configs/dds_baselines), by timm's
 * names; the modules are torchvision's.
 *
 * <p>pycls rounds a width to the nearest multiple of the group width. torchvision goes one higher
 * where that takes off over a tenth, which makes another network of the same parameters: its {@code
 * regnet_y_8gf} has 8.47G multiply-accumulates, the paper's 8.0G. The 200MF and 600MF, which it
 * does not list, are here under names such as its own, too; rounding changes nothing in them.
 */
public final class PyclsRegNet {
  private static final String SOURCE =
      "Radosavovic et al. 2020, arXiv 2003.13678; parameters of pycls, modules of torchvision 0.21";
  private static final boolean SE = true;
  private static final boolean NO_SE = false;

  /** By depth, w_0, w_a, w_m, group width and squeeze-and-excitation. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          torchvision("regnet_x_200mf", 13, 24, 36.44, 2.49, 8, NO_SE),
          torchvision("regnet_x_600mf", 16, 48, 36.97, 2.24, 24, NO_SE),
          torchvision("regnet_y_200mf", 13, 24, 36.44, 2.49, 8, SE),
          torchvision("regnet_y_600mf", 15, 48, 32.54, 2.32, 16, SE),
          pycls("regnetx_002", 13, 24, 36.44, 2.49, 8, NO_SE),
          pycls("regnetx_004", 22, 24, 24.48, 2.54, 16, NO_SE),
          pycls("regnetx_006", 16, 48, 36.97, 2.24, 24, NO_SE),
          pycls("regnetx_008", 16, 56, 35.73, 2.28, 16, NO_SE),
          pycls("regnetx_016", 18, 80, 34.01, 2.25, 24, NO_SE),
          pycls("regnetx_032", 25, 88, 26.31, 2.25, 48, NO_SE),
          pycls("regnetx_040", 23, 96, 38.65, 2.43, 40, NO_SE),
          pycls("regnetx_064", 17, 184, 60.83, 2.07, 56, NO_SE),
          pycls("regnetx_080", 23, 80, 49.56, 2.88, 120, NO_SE),
          pycls("regnetx_120", 19, 168, 73.36, 2.37, 112, NO_SE),
          pycls("regnetx_160", 22, 216, 55.59, 2.1, 128, NO_SE),
          pycls("regnetx_320", 23, 320, 69.86, 2.0, 168, NO_SE),
          pycls("regnety_002", 13, 24, 36.44, 2.49, 8, SE),
          pycls("regnety_004", 16, 48, 27.89, 2.09, 8, SE),
          pycls("regnety_006", 15, 48, 32.54, 2.32, 16, SE),
          pycls("regnety_008", 14, 56, 38.84, 2.4, 16, SE),
          pycls("regnety_016", 27, 48, 20.71, 2.65, 24, SE),
          pycls("regnety_032", 21, 80, 42.63, 2.66, 24, SE),
          pycls("regnety_040", 22, 96, 31.41, 2.24, 64, SE),
          pycls("regnety_064", 25, 112, 33.22, 2.27, 72, SE),
          pycls("regnety_080", 17, 192, 76.82, 2.19, 56, SE),
          pycls("regnety_120", 19, 168, 73.36, 2.37, 112, SE),
          pycls("regnety_160", 18, 200, 106.23, 2.48, 112, SE),
          pycls("regnety_320", 20, 232, 115.89, 2.53, 232, SE));

  private PyclsRegNet() {}

  private static Architecture pycls(
      String name, int depth, int w0, double wa, double wm, int groupWidth, boolean se) {
    return regnet(name, depth, w0, wa, wm, groupWidth, se, true)
        .remark("rounds widths as pycls, so not always torchvision's network of these parameters");
  }

  private static Architecture torchvision(
      String name, int depth, int w0, double wa, double wm, int groupWidth, boolean se) {
    return regnet(name, depth, w0, wa, wm, groupWidth, se, false);
  }

  private static Architecture regnet(
      String name,
      int depth,
      int w0,
      double wa,
      double wm,
      int groupWidth,
      boolean se,
      boolean nearest) {
    return Architecture.named(name, "RegNet", SOURCE, InputSize.image(224))
        .options(NUM_CLASSES)
        .builtBy(
            settings ->
                RegNet.of(depth, w0, wa, wm, groupWidth, se, nearest, settings.get(NUM_CLASSES)));
  }
}
