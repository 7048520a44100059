package org.whichflops.convention.ptflops;

import org.whichflops.convention.PythonText;
import org.whichflops.engine.nn.PythonFloat;

/** Numbers with units as ptflops prints them (ptflops/utils.py). */
final class Quantity {
  private Quantity() {}

  /** {@code flops_to_string(flops)} of a floating-point number; the unit follows the size. */
  static String macs(double flops) {
    return flops < 1e3 ? PythonFloat.repr(flops) + " Mac" : scaled(flops);
  }

  /** The same of a whole number. */
  static String macs(long flops) {
    return flops < 1000 ? flops + " Mac" : scaled((double) flops);
  }

  private static String scaled(double flops) {
    if (flops >= 1e9) {
      return rounded(flops / 1e9, 2) + " GMac";
    }
    return flops >= 1e6 ? rounded(flops / 1e6, 2) + " MMac" : rounded(flops / 1e3, 2) + " KMac";
  }

  /** {@code flops_to_string(flops, units='GMac', precision)}. */
  static String gigaMacs(double flops, int precision) {
    return rounded(flops / 1e9, precision) + " GMac";
  }

  /** {@code params_to_string(params)}; the unit follows the size. */
  static String params(long params) {
    if (params >= 1_000_000) {
      return rounded(params / 1e6, 2) + " M";
    }
    return params >= 1000 ? rounded(params / 1e3, 2) + " k" : Long.toString(params);
  }

  /** {@code params_to_string(params, units='M', precision=3)}. */
  static String millions(long params) {
    return rounded(params / 1e6, 3) + " M";
  }

  /** {@code '{:.3%}'.format(ratio)}. */
  static String percent(double ratio) {
    return PythonText.fixed(ratio * 100, 3) + "%";
  }

  /** {@code str(round(x, precision))}: zeros at the end are not shown. */
  private static String rounded(double x, int precision) {
    return PythonFloat.repr(Double.parseDouble(PythonText.fixed(x, precision)));
  }
}
