package org.whichflops.report.formula;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;

/**
 * Finds a total's polynomial by exact interpolation, and compares it with counts at other sizes.
 *
 * <p>A network's layers round sizes: a stride, a window or a bin of a pool cuts them. Where every
 * size is taken at the distance of a common multiple of all that, nothing is rounded any more and
 * the total is a polynomial. That multiple is found by trial, size by size.
 */
public final class FormulaSearch {
  /** Sizes that are this far apart round alike: strides, windows and bins divide it. */
  private static final long COMMON = 64 * 9 * 5 * 7;

  /** The same of batches, which hardly anything divides. */
  private static final long COMMON_BATCH = 64;

  private final Convention convention;
  private final Subject subject;
  private final long[] anchor;
  private final Counts counts;

  private FormulaSearch(Subject subject, Convention convention) {
    this.subject = subject;
    this.convention = convention;
    this.counts = new Counts(subject, convention);
    boolean isCounted = counts.at(subject.own()).isCount();
    this.anchor = isCounted ? subject.own() : nearer(subject.own());
  }

  /**
   * The polynomial that a subject's own sizes belong to; of no variables, where none was found.
   *
   * @throws IllegalArgumentException where nothing is counted at those sizes, saying why
   */
  public static ClosedForm of(Subject subject, Convention convention) {
    return new FormulaSearch(subject, convention).search();
  }

  /** Sizes too large to count at are like smaller ones; whether they are is seen later. */
  private static long[] nearer(long[] sizes) {
    for (int i = 0; i < sizes.length; i++) {
      long common = i == 0 ? COMMON_BATCH : COMMON;
      if (sizes[i] > 2 * common) {
        sizes[i] = sizes[i] % common + common;
      }
    }
    return sizes;
  }

  private static long[] twice(long[] sizes) {
    long[] larger = sizes.clone();
    for (int i = 1; i < larger.length; i++) {
      larger[i] *= 2;
    }
    return larger;
  }

  private ClosedForm search() {
    Counts.Outcome here = counts.at(anchor);
    if (!here.isCount()) {
      throw new IllegalArgumentException(
          "%s: %s".formatted(convention.about().id(), here.refusal()));
    }
    Variables variables = Variables.of(subject, anchor, counts);
    if (!variables.held().isEmpty()) {
      // Small sizes may be another matter: Swin shifts no window that is as large as its input.
      long[] twice = twice(anchor);
      Variables larger = Variables.of(subject, twice, counts);
      if (larger.courses().size() > variables.courses().size()) {
        ClosedForm form = form(larger, twice, here.value());
        if (form != null) {
          return form;
        }
      }
    }
    ClosedForm form = form(variables, anchor, here.value());
    for (List<String> fewer : List.of(List.of(Subject.BATCH), List.<String>of())) {
      if (form == null) {
        form = form(variables.only(fewer, anchor), anchor, here.value());
      }
    }
    if (form == null) {
      throw new AssertionError("a count is equal to itself");
    }
    return form;
  }

  private @Nullable ClosedForm form(Variables variables, long[] at, BigInteger here) {
    List<Course> courses = variables.courses();
    List<String> symbols = courses.stream().map(course -> course.axis().symbol()).toList();
    List<long[]> grid = new ArrayList<>();
    int points = 1;
    for (Course course : courses) {
      long[] values = new long[course.degree() + 1];
      for (int i = 0; i < values.length; i++) {
        values[i] = course.first() + i * course.period();
      }
      grid.add(values);
      points *= values.length;
    }
    Polynomial polynomial;
    try {
      polynomial =
          Interpolation.through(symbols, grid, point -> Rational.of(value(courses, at, point)));
    } catch (IllegalArgumentException refused) {
      return null;
    }
    Domain domain = Domain.of(courses, at, counts, polynomial);
    if (domain == null) {
      return null;
    }
    List<Range> ranges = domain.ranges();
    boolean isCounted = Arrays.equals(anchor, subject.own());
    return new ClosedForm(
        subject,
        convention.about(),
        polynomial,
        ranges,
        variables.held(),
        isCounted ? here : beyond(polynomial, courses, ranges),
        isCounted,
        points,
        domain.equal() - points);
  }

  /** The polynomial's value at the sizes asked for; null where it does not hold there. */
  private @Nullable BigInteger beyond(
      Polynomial polynomial, List<Course> courses, List<Range> ranges) {
    long[] wanted = subject.own();
    List<BigInteger> point = new ArrayList<>();
    long[] reached = anchor;
    for (int i = 0; i < courses.size(); i++) {
      BigInteger value = BigInteger.valueOf(courses.get(i).axis().of(wanted));
      if (!ranges.get(i).has(value)) {
        return null;
      }
      reached = courses.get(i).axis().set(reached, value.longValueExact());
      point.add(value);
    }
    return Arrays.equals(reached, wanted) ? polynomial.at(point).whole() : null;
  }

  private BigInteger value(List<Course> courses, long[] at, long[] point) {
    Counts.Outcome outcome = counts.at(Domain.sizes(courses, at, point));
    if (!outcome.isCount()) {
      throw new IllegalArgumentException(outcome.refusal());
    }
    return outcome.value();
  }
}
