package org.whichflops.report.table;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Units in which people read counts: powers of a thousand. */
public enum Unit {
  /** The largest unit that leaves a number of 1 or more, count by count. */
  AUTO("auto", 0),
  /** As they are. */
  ONE("1", 0),
  /** Thousands. */
  K("K", 3),
  /** Millions. */
  M("M", 6),
  /** Billions. */
  G("G", 9),
  /** Trillions. */
  T("T", 12);

  private static final int DIGITS = 3;

  private final String word;
  private final int exponent;

  Unit(String word, int exponent) {
    this.word = word;
    this.exponent = exponent;
  }

  /**
   * The unit of a name.
   *
   * @throws IllegalArgumentException where there is none, with those there are
   */
  public static Unit named(String name) {
    for (Unit unit : values()) {
      if (unit.word.equals(name.equals("auto") ? name : name.toUpperCase(Locale.ROOT))) {
        return unit;
      }
    }
    throw new IllegalArgumentException(
        "unknown unit '%s'; there are %s"
            .formatted(
                name, Arrays.stream(values()).map(u -> u.word).collect(Collectors.joining(", "))));
  }

  /** A count as people read it: {@code 4.134 G}; three digits after the point. */
  public String show(long count) {
    Unit unit = this == AUTO ? fitting(count) : this;
    if (unit.exponent == 0) {
      return grouped(count);
    }
    BigDecimal scaled =
        BigDecimal.valueOf(count, unit.exponent).setScale(DIGITS, RoundingMode.HALF_UP);
    return scaled.toPlainString() + " " + unit.word;
  }

  private static Unit fitting(long count) {
    Unit best = ONE;
    for (Unit unit : new Unit[] {K, M, G, T}) {
      if (Math.abs((double) count) >= Math.pow(10, unit.exponent)) {
        best = unit;
      }
    }
    return best;
  }

  private static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
