package org.whichflops.engine.nn;

import java.math.BigDecimal;
import java.math.MathContext;

/** Floating-point numbers as Python prints them. */
public final class PythonFloat {
  /** Seventeen digits tell any two float64 numbers apart. */
  private static final int MOST_DIGITS = 17;

  private PythonFloat() {}

  /**
   * Python's {@code repr(x)}, which is its {@code str(x)} too: the fewest digits that read back as
   * the same number, and an exponent below 1e-4 and from 1e16 on: {@code 0.1}, {@code 1e-05}.
   */
  public static String repr(double x) {
    if (Double.isNaN(x)) {
      return "nan";
    } else if (Double.isInfinite(x)) {
      return x > 0 ? "inf" : "-inf";
    } else if (x == 0) {
      return 1 / x < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(x);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= MOST_DIGITS; digits++) {
      shortest = exact.round(new MathContext(digits));
      if (shortest.doubleValue() == x) {
        break;
      }
    }
    return text(shortest.stripTrailingZeros());
  }

  private static String text(BigDecimal number) {
    String digits = number.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - number.scale();
    String sign = number.signum() < 0 ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      String size = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
      return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + size;
    }
    String plain = number.abs().toPlainString();
    return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
  }
}
