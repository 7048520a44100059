package org.whichflops.convention.fvcore;

import static org.whichflops.convention.PythonText.fixed;

import org.whichflops.engine.shape.Shape;

/** Numbers as fvcore shortens them. */
final class SizeText {
  private SizeText() {}

  /**
   * {@code _format_size(x, sig_figs)} (print_model_statistics.py:20): a unit is taken from a tenth
   * of it on, so 0.714G; zeros at the end are dropped.
   */
  static String of(long number, int decimals) {
    if (number > 100_000_000_000_000L) {
      return shortened(number / 1e15, decimals) + "P";
    }
    if (number > 100_000_000_000L) {
      return shortened(number / 1e12, decimals) + "T";
    }
    if (number > 100_000_000) {
      return shortened(number / 1e9, decimals) + "G";
    }
    if (number > 100_000) {
      return shortened(number / 1e6, decimals) + "M";
    }
    return number > 100 ? shortened(number / 1e3, decimals) + "K" : String.valueOf(number);
  }

  private static String shortened(double number, int decimals) {
    String text = fixed(number, decimals);
    int end = text.length();
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, text.charAt(end - 1) == '.' ? end - 1 : end);
  }

  /** {@code format_size(x)} of the table of parameters (parameter_count.py:90): one digit. */
  static String ofParameters(long number) {
    if (number > 100_000_000) {
      return fixed(number / 1e9, 1) + "G";
    }
    if (number > 100_000) {
      return fixed(number / 1e6, 1) + "M";
    }
    return number > 100 ? fixed(number / 1e3, 1) + "K" : String.valueOf(number);
  }

  /** {@code str(tuple(shape))}: {@code (64, 3, 7, 7)}, {@code (64,)}. */
  static String of(Shape shape) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < shape.rank(); i++) {
      text.append(i == 0 ? "" : " ").append(shape.size(i)).append(",");
    }
    if (shape.rank() > 1) {
      text.setLength(text.length() - 1);
    }
    return text.append(")").toString();
  }
}
