package org.whichflops.report.formula;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.About;

/**
 * A total as a polynomial, and what it was checked against.
 *
 * @param subject the network, and the sizes it was asked for
 * @param about whose count
 * @param polynomial in the variables of the ranges
 * @param ranges where it holds: each variable on its own
 * @param held the sizes that are no variables, each with its value and why, in words
 * @param total the count at the sizes asked for; null where they are too large to count at and the
 *     polynomial does not hold there
 * @param isCounted whether that was counted; else it is the polynomial's value
 * @param found counts that the polynomial was made from
 * @param checked further counts in its ranges, all of which it is equal to
 */
public record ClosedForm(
    Subject subject,
    About about,
    Polynomial polynomial,
    List<Range> ranges,
    List<String> held,
    @Nullable BigInteger total,
    boolean isCounted,
    int found,
    int checked) {
  /** Keeps the lists as they are. */
  public ClosedForm {
    ranges = List.copyOf(ranges);
    held = List.copyOf(held);
  }

  /**
   * The total at some values of the variables.
   *
   * @throws IllegalArgumentException where one of them is outside its range
   */
  public BigInteger at(List<BigInteger> values) {
    for (int i = 0; i < ranges.size(); i++) {
      if (!ranges.get(i).has(values.get(i))) {
        throw new IllegalArgumentException(
            "the formula is for %s, not %s".formatted(domain(), values));
      }
    }
    return polynomial.at(values).whole();
  }

  /** Whether some sizes of the subject lie where it holds. */
  boolean covers(long[] sizes) {
    for (Range range : ranges) {
      int size = range.symbol().equals("S") ? 1 : subject.symbols().indexOf(range.symbol());
      if (!range.has(BigInteger.valueOf(sizes[size]))) {
        return false;
      }
    }
    return true;
  }

  /** Where it holds, in words. */
  public String domain() {
    return Range.words(ranges);
  }

  /** The variables. */
  public List<String> symbols() {
    return polynomial.symbols();
  }

  /**
   * The same polynomial in the multiples themselves, as {@code h} where {@code H} is 32 h; its
   * coefficients are whole wherever the total is of degree 1 in each.
   */
  public Polynomial inSteps() {
    List<String> small = new ArrayList<>();
    List<long[]> grid = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      int variable = i;
      boolean stays = ranges.get(i).period() == 1;
      small.add(stays ? ranges.get(i).symbol() : ranges.get(i).symbol().toLowerCase(Locale.ROOT));
      int degree =
          polynomial.terms().stream().mapToInt(t -> t.exponents().get(variable)).max().orElse(0);
      grid.add(LongStream.rangeClosed(0, degree).toArray());
    }
    return Interpolation.through(
        small,
        grid,
        point -> {
          List<BigInteger> values = new ArrayList<>();
          for (int i = 0; i < point.length; i++) {
            Range range = ranges.get(i);
            values.add(BigInteger.valueOf(range.remainder() + point[i] * range.period()));
          }
          return polynomial.at(values);
        });
  }
}
