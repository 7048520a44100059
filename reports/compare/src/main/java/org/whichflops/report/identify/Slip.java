package org.whichflops.report.identify;

import java.math.BigDecimal;

/** What people do to a count before they print it, besides rounding; the plainest first. */
public enum Slip {
  /** Nothing. */
  NONE("", BigDecimal.ONE),
  /** Two operations a multiply-accumulate, of a count that has one. */
  DOUBLED("twice the count, or a batch of 2", BigDecimal.valueOf(2)),
  /** One operation for two. */
  HALVED("half the count", new BigDecimal("0.5")),
  /** K, M and G of 1024 each. */
  BINARY("prefixes of 1024", BigDecimal.ONE);

  private final String words;
  private final BigDecimal factor;

  Slip(String words, BigDecimal factor) {
    this.words = words;
    this.factor = factor;
  }

  /** The slip in words; empty for none. */
  public String words() {
    return words;
  }

  /** The count as it is printed with this slip, in the same unit as the claim. */
  BigDecimal of(long count, PrintedNumber claim) {
    BigDecimal value = BigDecimal.valueOf(count).multiply(factor);
    if (this != BINARY) {
      return value;
    }
    int power =
        switch (claim.suffix()) {
          case "K" -> 1;
          case "M" -> 2;
          case "G", "B" -> 3;
          case "T" -> 4;
          default -> 0;
        };
    return value
        .multiply(claim.unit())
        .divide(BigDecimal.valueOf(1024).pow(power), 6, java.math.RoundingMode.HALF_EVEN);
  }

  /** Whether it is about the unit alone, whatever is counted. */
  boolean isOfUnits() {
    return this == NONE || this == BINARY;
  }

  /** Whether it can change what is printed at all. */
  boolean applies(PrintedNumber claim) {
    return this != BINARY || !claim.suffix().isEmpty();
  }
}
