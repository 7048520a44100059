package org.whichflops.report.identify;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/**
 * A number as somebody printed it: {@code 3.8G}, {@code 300M MAdds}, {@code 0.72 GMac}, {@code 5.58
 * Bn}, {@code 8,219,737,624}.
 *
 * @param text as it was given
 * @param digits the number in front of the unit, with the decimals that were printed
 * @param unit what one of it is worth: 1, 10<sup>3</sup>, ... 10<sup>12</sup>
 * @param suffix the unit's letter, empty for 1
 */
public record PrintedNumber(String text, BigDecimal digits, BigDecimal unit, String suffix) {
  private static final int LONGEST = 40;

  /** How a count turns into what is printed. */
  public enum Match {
    /** The same to the last unit. */
    EXACT,
    /** Rounded to the printed digits. */
    ROUNDED,
    /** Cut to the printed digits. */
    TRUNCATED;

    /** The word reports print. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Reads a printed number.
   *
   * @throws IllegalArgumentException where the text is none, with examples of what is
   */
  public static PrintedNumber parse(String text) {
    String plain = text.strip().replace(",", "").replace("_", "");
    int end = 0;
    while (end < plain.length()
        && (Character.isDigit(plain.charAt(end)) || plain.charAt(end) == '.')) {
      end++;
    }
    BigDecimal exponent = BigDecimal.ONE;
    String rest = plain.substring(end);
    if (rest.matches("[eE][+]?[0-9]{1,2}(\\D.*)?")) {
      String power = rest.substring(1).replaceAll("\\D*(\\d+).*", "$1");
      exponent = BigDecimal.TEN.pow(Integer.parseInt(power));
      rest = rest.substring(1).replaceAll("^[+]?\\d+", "");
    }
    try {
      if (end == 0 || text.length() > LONGEST) {
        throw new NumberFormatException(text);
      }
      BigDecimal digits = new BigDecimal(plain.substring(0, end));
      if (digits.signum() <= 0) {
        throw new NumberFormatException(text);
      }
      String suffix = suffix(rest.strip());
      BigDecimal unit = unit(suffix).multiply(exponent);
      return new PrintedNumber(text.strip(), digits, unit, suffix);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is no printed count such as 3.8G, \"300M MAdds\", \"0.72 GMac\" or 4089184256"
              .formatted(text));
    }
  }

  /** The unit's letter; a word without one, such as MACs or FLOPs, stands for 1. */
  private static String suffix(String words) {
    if (words.isEmpty()) {
      return "";
    }
    String lower = words.toLowerCase(Locale.ROOT);
    if (!lower.matches("[a-z /()+-]+")) {
      throw new NumberFormatException(words);
    }
    if (isQuantity(lower)) {
      return "";
    }
    String first = lower.substring(0, 1);
    String rest = lower.substring(1).strip();
    boolean another = !rest.isEmpty() && "kmgbt".contains(rest.substring(0, 1));
    if ("kmgbt".contains(first) && (!another || isQuantity(rest))) {
      return first.equals("b") ? "B" : first.equals("k") ? "K" : first.toUpperCase(Locale.ROOT);
    }
    throw new NumberFormatException(words);
  }

  private static boolean isQuantity(String words) {
    for (String quantity : new String[] {"mac", "madd", "mult", "flop", "op", "param", "fma"}) {
      if (words.startsWith(quantity)) {
        return true;
      }
    }
    return false;
  }

  private static BigDecimal unit(String suffix) {
    return BigDecimal.TEN.pow(
        switch (suffix) {
          case "K" -> 3;
          case "M" -> 6;
          case "G", "B" -> 9;
          case "T" -> 12;
          default -> 0;
        });
  }

  /** The number itself. */
  public BigDecimal value() {
    return digits.multiply(unit);
  }

  /** What one in the last printed digit is worth. */
  private BigDecimal step() {
    return unit.scaleByPowerOfTen(-digits.scale());
  }

  /** Whether a count is printed so, and how. */
  public Optional<Match> match(BigDecimal count) {
    BigDecimal over = count.subtract(value());
    BigDecimal step = step();
    if (over.signum() == 0 && step.compareTo(BigDecimal.ONE) <= 0) {
      return Optional.of(Match.EXACT);
    }
    if (over.abs().add(over.abs()).compareTo(step) <= 0) {
      return Optional.of(Match.ROUNDED);
    }
    return over.signum() > 0 && over.compareTo(step) < 0
        ? Optional.of(Match.TRUNCATED)
        : Optional.empty();
  }

  /** A count with the digits and the unit that were printed. */
  public String printed(BigDecimal count, Match match) {
    RoundingMode mode = match == Match.TRUNCATED ? RoundingMode.DOWN : RoundingMode.HALF_UP;
    return count.divide(unit, Math.max(0, digits.scale()), mode).toPlainString() + suffix;
  }

  /** How far a count is from it, as a share of it. */
  public double distance(double count) {
    return Math.abs(count / value().doubleValue() - 1);
  }

  /** Whether it says itself that it is a number of parameters: {@code 25.6M params}. */
  public boolean saysParameters() {
    return text.toLowerCase(Locale.ROOT).contains("param");
  }
}
