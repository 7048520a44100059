package org.whichflops.report.papers;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.identify.PrintedNumber;

/**
 * A number as a paper, README or model zoo prints it.
 *
 * @param id a name of its own
 * @param family the family of networks
 * @param network the network as it is called there
 * @param paper the paper, with its year
 * @param arxiv the paper's number at arXiv; empty where there is none
 * @param where the table or section, and who prints it
 * @param input the input as far as it is told
 * @param quantity the quantity as it is called there
 * @param printed the number as it is printed
 * @param printedIn year and month of the paper that prints it, such as 201801; 0 where a page that
 *     changes does
 * @param by the only conventions it can be of, where its source says what it counts; else empty
 * @param claim the number with its precision; null for a formula
 * @param times what one operation or parameter is worth in it, where that is not one:
 *     10<sup>9</sup> over 2<sup>30</sup> for units of 2<sup>30</sup>, a training's operations a
 *     parameter
 * @param parameters whether it is a number of parameters
 * @param verified whether the number was read where it is said to stand
 * @param model the model of the zoo, with options; empty where it has none
 * @param resolution the input to count at; null for the model's own
 * @param reason why it does not come out, where it does not; empty where nothing is known
 */
public record PublishedNumber(
    String id,
    String family,
    String network,
    String paper,
    String arxiv,
    String where,
    String input,
    String quantity,
    String printed,
    int printedIn,
    List<String> by,
    @Nullable PrintedNumber claim,
    BigDecimal times,
    boolean parameters,
    boolean verified,
    String model,
    @Nullable Resolution resolution,
    String reason) {

  /** Whether a convention may be its own: one its source can mean, which was there by then. */
  boolean canBeOf(String convention) {
    return (by.isEmpty() || by.contains(convention))
        && (printedIn == 0 || FirstVersions.of(convention) <= printedIn);
  }

  /** Whether a count is printed so. */
  boolean isPrintedFor(long count) {
    return claim != null && claim.match(BigDecimal.valueOf(count).multiply(times)).isPresent();
  }

  /**
   * The number with its precision.
   *
   * @param digits the digits that count, from the first
   */
  static PrintedNumber claim(String printed, String value, int digits) {
    BigDecimal number = new BigDecimal(value);
    BigDecimal rounded = number.round(new java.math.MathContext(digits));
    int exponent = Math.max(0, (rounded.precision() - rounded.scale() - 1) / 3 * 3);
    BigDecimal unit = BigDecimal.TEN.pow(Math.min(exponent, 12));
    int decimals = digits - (rounded.precision() - rounded.scale()) + Math.min(exponent, 12);
    String suffix = new String[] {"", "K", "M", "G", "T"}[Math.min(exponent, 12) / 3];
    return new PrintedNumber(
        printed,
        number.divide(unit).setScale(decimals, java.math.RoundingMode.HALF_EVEN),
        unit,
        suffix);
  }

  /** Whether a word stands in its names. */
  public boolean mentions(String word) {
    String text = id + " " + family + " " + network + " " + paper + " " + model + " " + arxiv;
    return text.toLowerCase(java.util.Locale.ROOT)
        .contains(word.toLowerCase(java.util.Locale.ROOT));
  }
}
