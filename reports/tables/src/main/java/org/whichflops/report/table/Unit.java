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

  /** Digits after the point. */
  static final int DIGITS = 3;

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
    Unit unit = of(count);
    return unit.exponent == 0 ? grouped(count) : unit.digits(count) + " " + unit.word;
  }

  /** The head of a column in which all counts have this unit; it names it. */
  String head(String name) {
    return exponent == 0 ? name : name + " (" + word + ")";
  }

  /** A count below such a head: the unit is said there, or where it is left open, here. */
  String cell(long count) {
    if (this == AUTO || this == ONE) {
      return show(count);
    }
    BigDecimal exact = BigDecimal.valueOf(count, exponent);
    return String.format(
        Locale.ROOT, "%,." + DIGITS + "f", exact.setScale(DIGITS, RoundingMode.HALF_UP));
  }

  /** This unit, or where it is left open the one that suits a count. */
  Unit of(long count) {
    return this == AUTO ? fitting(count) : this;
  }

  /** A count in this unit, without the unit's name: {@code 4.134}. */
  String digits(long count) {
    return exponent == 0
        ? Long.toString(count)
        : BigDecimal.valueOf(count, exponent)
            .setScale(DIGITS, RoundingMode.HALF_UP)
            .toPlainString();
  }

  /** The power of ten it stands for. */
  int exponent() {
    return exponent;
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

  /** A comma between every three digits; many times quicker than {@code String.format}. */
  private static String grouped(long count) {
    StringBuilder grouped = new StringBuilder(Long.toString(count));
    int first = count < 0 ? 1 : 0;
    for (int i = grouped.length() - 3; i > first; i -= 3) {
      grouped.insert(i, ',');
    }
    return grouped.toString();
  }
}
