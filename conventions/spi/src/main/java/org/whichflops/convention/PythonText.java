package org.whichflops.convention;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as Python prints them, and names as it is safe to print them. */
public final class PythonText {
  private static final int MOST_DIGITS = 17;

  private PythonText() {}

  /** {@code f"{number:,}"}: in groups of three digits. */
  public static String grouped(long number) {
    return group(Long.toString(number));
  }

  /** {@code f"{number:.2f}"}: rounded where the binary fraction lies, halves to even. */
  public static String fixed(double number, int decimals) {
    return new BigDecimal(number).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** {@code f"{number:,.2f}"}. */
  public static String groupedFixed(double number, int decimals) {
    return group(fixed(number, decimals));
  }

  private static String group(String digits) {
    int point = digits.indexOf('.');
    StringBuilder text = new StringBuilder(digits);
    int first = digits.startsWith("-") ? 1 : 0;
    for (int at = (point < 0 ? digits.length() : point) - 3; at > first; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /**
   * {@code repr(number)} of a whole number in floating point: {@code 25557032.0}, {@code 1e+16}.
   */
  public static String repr(double whole) {
    if (Math.abs(whole) < 1e16) {
      return (long) whole + ".0";
    }
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      String shorter = scientific(whole, digits);
      if (Double.parseDouble(shorter) == whole) {
        return shorter;
      }
    }
    return scientific(whole, MOST_DIGITS);
  }

  private static String scientific(double number, int digits) {
    BigDecimal rounded =
        new BigDecimal(number)
            .round(new java.math.MathContext(digits, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    String all = rounded.unscaledValue().toString();
    int first = all.startsWith("-") ? 2 : 1;
    int exponent = all.length() - first - rounded.scale();
    String fraction = all.substring(first);
    return all.substring(0, first) + (fraction.isEmpty() ? "" : "." + fraction) + "e+" + exponent;
  }

  /**
   * A name that may come from a file: control characters, which could move a terminal's cursor, are
   * replaced.
   */
  public static String name(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        return name.replaceAll("[\\p{Cntrl}\\x80-\\x9F]", "\uFFFD");
      }
    }
    return name;
  }
}
