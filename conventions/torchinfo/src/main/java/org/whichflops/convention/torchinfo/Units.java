package org.whichflops.convention.torchinfo;

import org.whichflops.convention.PythonText;

/** How a version scales the numbers under its table. */
final class Units {
  private static final double[] SIZES = {1e12, 1e9, 1e6, 1e3};
  private static final String[] LETTERS = {"T", "G", "M", "k"};

  /** What Python 3.11 and later prints for the members of 1.8.0's enumeration; M, G, T before. */
  private static final String[] RELEASE_NAMES = {
    "Units.TERABYTES", "Units.GIGABYTES", "Units.MEGABYTES"
  };

  private Units() {}

  /** Mult-adds, as {@code " (M): 714.68"}. */
  static String multAdds(long number, TorchinfoVersion version) {
    return version == TorchinfoVersion.RELEASE ? release(number) : scaled(number, "");
  }

  /** Bytes, as {@code " (MB): 3.95"}. */
  static String bytes(long number, TorchinfoVersion version) {
    return version == TorchinfoVersion.RELEASE
        ? " (MB): " + PythonText.fixed(number / 1e6, 2)
        : scaled(number, "B");
  }

  /** In millions at least (model_statistics.py:103 of 1.8.0). */
  private static String release(long number) {
    int unit = 0;
    while (unit < 2 && number < SIZES[unit]) {
      unit++;
    }
    return " (" + RELEASE_NAMES[unit] + "): " + text(number / SIZES[unit]);
  }

  /** In thousands, or as it is (model_statistics.py:126 of 5c4164f). */
  private static String scaled(long number, String suffix) {
    for (int unit = 0; unit < SIZES.length; unit++) {
      if (number >= SIZES[unit]) {
        return " (" + LETTERS[unit] + suffix + "): " + text(number / SIZES[unit]);
      }
    }
    return ": " + PythonText.grouped(number);
  }

  private static String text(double number) {
    return number == Math.rint(number)
        ? PythonText.grouped((long) number)
        : PythonText.groupedFixed(number, 2);
  }
}
