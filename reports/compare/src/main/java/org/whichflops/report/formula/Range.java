package org.whichflops.report.formula;

import java.math.BigInteger;
import java.util.List;

/**
 * The values of a variable for which a polynomial holds: from the least one on in steps of a
 * period.
 *
 * @param symbol the variable
 * @param period the distance of two values
 * @param least the smallest
 * @param most the largest that the network takes; 0 where none is known
 * @param tried the largest at which a count was compared
 */
public record Range(String symbol, long period, long least, long most, long tried) {
  /** What every value leaves when it is divided by the period. */
  public long remainder() {
    return least % period;
  }

  /** Whether a value is one of these. */
  public boolean has(BigInteger value) {
    return value.compareTo(BigInteger.valueOf(least)) >= 0
        && (most == 0 || value.compareTo(BigInteger.valueOf(most)) <= 0)
        && value.subtract(BigInteger.valueOf(least)).mod(BigInteger.valueOf(period)).signum() == 0;
  }

  /** In words: {@code a multiple of 32, >= 32}. */
  String words() {
    String end = most == 0 ? ">= " + least : "from %d to %d".formatted(least, most);
    if (period == 1) {
      return end;
    }
    return remainder() == 0
        ? "a multiple of %d, %s".formatted(period, end)
        : "%d more than a multiple of %d, %s".formatted(remainder(), period, end);
  }

  /** Whether a size of another name has the same values. */
  boolean isLike(Range other) {
    return period == other.period && least == other.least && most == other.most;
  }

  /** The values of several variables in words: {@code N >= 1; H and W each a multiple of 32}. */
  static String words(List<Range> ranges) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      words.append(i == 0 ? "" : "; ").append(range.symbol);
      boolean several = false;
      while (i + 1 < ranges.size() && ranges.get(i + 1).isLike(range)) {
        words.append(" and ").append(ranges.get(++i).symbol);
        several = true;
      }
      boolean bare = range.period == 1 && range.most == 0;
      words.append(bare ? " " : several ? " each " : " ").append(range.words());
    }
    return words.toString();
  }
}
