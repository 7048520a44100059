package org.whichflops.convention.deepspeed;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as both tools print them (profiler.py:1123-1175, calflops/utils.py:163-251). */
final class ProfilerText {
  private static final int DECIMALS = 2;

  /** The digits of Python's format {@code g}. */
  private static final MathContext GENERAL = new MathContext(6, RoundingMode.HALF_EVEN);

  private ProfilerText() {}

  /** {@code number_to_string(num)}: two decimals and a unit, which may be nothing after a space. */
  static String number(double number) {
    if (number >= 1e12) {
      return rounded(number / 1e12) + " T";
    } else if (number >= 1e9) {
      return rounded(number / 1e9) + " G";
    } else if (number >= 1e6) {
      return rounded(number / 1e6) + " M";
    } else if (number >= 1e3) {
      return rounded(number / 1e3) + " K";
    }
    return rounded(number) + " ";
  }

  /** {@code macs_to_string}: {@code 714.19 MMACs}. */
  static String macs(long macs) {
    return number((double) macs) + "MACs";
  }

  /** {@code flops_to_string}: {@code 1.43 GFLOPS}, though no speed. */
  static String flops(long flops) {
    return number((double) flops) + "FLOPS";
  }

  /** {@code params_to_string}: {@code 61.1 M}, thousands of millions as {@code B}. */
  static String params(long params) {
    return number((double) params).replace("G", "B").strip();
  }

  /** {@code f"{round(100 * part / whole, 2):g}"}, 0 of nothing. */
  static String percent(long part, long whole) {
    if (whole == 0) {
      return "0";
    }
    BigDecimal hundredfold = BigDecimal.valueOf(part).scaleByPowerOfTen(2);
    return rounded(
        hundredfold.divide(BigDecimal.valueOf(whole), MathContext.DECIMAL128).doubleValue());
  }

  /** {@code f"{round(number, 2):g}"}. */
  private static String rounded(double number) {
    double rounded =
        new BigDecimal(number).setScale(DECIMALS, RoundingMode.HALF_EVEN).doubleValue();
    BigDecimal digits = new BigDecimal(rounded).round(GENERAL).stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (rounded == 0 || exponent < GENERAL.getPrecision()) {
      return rounded == 0 ? "0" : digits.toPlainString();
    }
    String all = digits.unscaledValue().toString();
    String fraction = all.length() > 1 ? "." + all.substring(1) : "";
    return all.charAt(0) + fraction + "e+" + (exponent < 10 ? "0" : "") + exponent;
  }

  /** {@code '{:<70} {:<8}'.format(name, value)}. */
  static String line(String name, String value) {
    return padded(name, 70) + "  " + padded(value, 8) + "\n";
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
