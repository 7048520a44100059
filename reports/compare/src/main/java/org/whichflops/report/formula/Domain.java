package org.whichflops.report.formula;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Where a polynomial holds, found by counting: from the smallest sizes to large ones. */
final class Domain {
  /** Sizes up to this are tried wherever the network takes them. */
  private static final long REACH = 4096;

  private static final int RANDOM_SIZES = 64;

  /** So many of the smallest sizes are tried in every combination. */
  private static final int SMALL = 12;

  private static final long SEED = 20260101;

  private final List<Course> courses;
  private final long[] own;
  private final Counts counts;
  private final Polynomial polynomial;
  private final long[] least;
  private final long[] most;
  private final long[] tried;
  private int equal;

  private Domain(List<Course> courses, long[] own, Counts counts, Polynomial polynomial) {
    this.courses = courses;
    this.own = own;
    this.counts = counts;
    this.polynomial = polynomial;
    least = new long[courses.size()];
    most = new long[courses.size()];
    tried = new long[courses.size()];
  }

  /**
   * The ranges of a polynomial's variables; each count made so far that lies in them is equal.
   *
   * @param own the sizes that are no variables, and others to go with one that is looked at alone
   * @return null where no such ranges were found
   */
  static @Nullable Domain of(
      List<Course> courses, long[] own, Counts counts, Polynomial polynomial) {
    Domain domain = new Domain(courses, own, counts, polynomial);
    for (int i = 0; i < courses.size(); i++) {
      domain.descend(i);
      domain.ascend(i);
    }
    if (!domain.settle()) {
      return null;
    }
    domain.tryRandomSizes();
    domain.equal = domain.countsThatAreEqual();
    return domain.equal < 0 ? null : domain;
  }

  /** The sizes where the variables have some values. */
  static long[] sizes(List<Course> courses, long[] own, long[] point) {
    long[] sizes = own;
    for (int i = 0; i < point.length; i++) {
      sizes = courses.get(i).axis().set(sizes, point[i]);
    }
    return sizes;
  }

  private long[] point(long[] sizes) {
    return courses.stream().mapToLong(course -> course.axis().of(sizes)).toArray();
  }

  private boolean holds(long[] sizes) {
    return isEqual(sizes, counts.at(sizes));
  }

  private boolean isEqual(long[] sizes, Counts.Outcome outcome) {
    List<BigInteger> values = Arrays.stream(point(sizes)).mapToObj(BigInteger::valueOf).toList();
    return outcome.isCount() && polynomial.at(values).equals(Rational.of(outcome.value()));
  }

  private boolean holdsAlone(int variable, long value) {
    return holds(courses.get(variable).axis().set(own, value));
  }

  private void descend(int i) {
    Course course = courses.get(i);
    long most = (course.first() - 1) / course.period() * course.period();
    least[i] = course.first() - farthest(i, -course.period(), most);
  }

  private void ascend(int i) {
    Course course = courses.get(i);
    long period = course.period();
    long steps = Math.max(1, (REACH - course.first()) / period);
    long reached = farthest(i, period, steps * period);
    tried[i] = course.first() + reached;
    if (reached < steps * period
        && !counts.at(course.axis().set(own, tried[i] + period)).isTooLarge()) {
      most[i] = tried[i];
    }
  }

  /**
   * How far from its first value a variable alone can go: in steps of double length, and where one
   * fails back to the last that holds.
   */
  private long farthest(int i, long period, long most) {
    long first = courses.get(i).first();
    long direction = Long.signum(period);
    long held = 0;
    long fails = most + Math.abs(period);
    long step = Math.abs(period);
    while (held < most && fails > most) {
      long next = Math.min(most, held + step);
      if (holdsAlone(i, first + direction * next)) {
        held = next;
        step *= 2;
      } else {
        fails = next;
      }
    }
    while (fails - held > Math.abs(period)) {
      long steps = (fails - held) / Math.abs(period);
      long middle = held + steps / 2 * Math.abs(period);
      if (holdsAlone(i, first + direction * middle)) {
        held = middle;
      } else {
        fails = middle;
      }
    }
    return held;
  }

  /** Raises the smallest sizes until the polynomial holds for all of them together. */
  private boolean settle() {
    while (true) {
      long[] wrong = wrongSmallSizes(new long[courses.size()], 0);
      if (wrong == null) {
        return true;
      }
      boolean raised = false;
      for (int i = 0; i < least.length; i++) {
        if (!courses.get(i).axis().symbol().equals(Subject.BATCH) && wrong[i] == least[i]) {
          least[i] += courses.get(i).period();
          raised = true;
        }
        if (least[i] > tried[i]) {
          return false;
        }
      }
      if (!raised) {
        return false;
      }
    }
  }

  /** The last of the small sizes: those below the first known, as far as they are few. */
  private long lastSmall(int i) {
    Course course = courses.get(i);
    return Math.max(least[i], Math.min(course.first(), least[i] + (SMALL - 1) * course.period()));
  }

  /** A combination of small sizes at which the polynomial does not hold; null for none. */
  private long @Nullable [] wrongSmallSizes(long[] point, int i) {
    if (i == point.length) {
      return holds(sizes(courses, own, point)) ? null : point.clone();
    }
    for (long value = least[i]; value <= lastSmall(i); value += courses.get(i).period()) {
      point[i] = value;
      long[] wrong = wrongSmallSizes(point, i + 1);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  private void tryRandomSizes() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int n = 0; n < RANDOM_SIZES; n++) {
      long[] point = new long[courses.size()];
      for (int i = 0; i < point.length; i++) {
        long period = courses.get(i).period();
        point[i] = least[i] + random.nextLong((tried[i] - least[i]) / period + 1) * period;
      }
      counts.at(sizes(courses, own, point));
    }
  }

  /** How many of the counts made so far lie in the ranges; -1 where not all of those are equal. */
  private int countsThatAreEqual() {
    List<Range> ranges = ranges();
    int inside = 0;
    for (Map.Entry<List<Long>, Counts.Outcome> entry : counts.known().entrySet()) {
      long[] sizes = entry.getKey().stream().mapToLong(Long::longValue).toArray();
      if (isInside(ranges, sizes) && !entry.getValue().isTooLarge()) {
        inside++;
        if (!isEqual(sizes, entry.getValue())) {
          return -1;
        }
      }
    }
    return inside;
  }

  private boolean isInside(List<Range> ranges, long[] sizes) {
    long[] point = point(sizes);
    if (!Arrays.equals(sizes(courses, own, point), sizes)) {
      return false;
    }
    for (int i = 0; i < point.length; i++) {
      if (!ranges.get(i).has(BigInteger.valueOf(point[i]))) {
        return false;
      }
    }
    return true;
  }

  /** How many counts lie in the ranges and are equal to the polynomial. */
  int equal() {
    return equal;
  }

  /** The values of each variable. */
  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < least.length; i++) {
      Course course = courses.get(i);
      ranges.add(new Range(course.axis().symbol(), course.period(), least[i], most[i], tried[i]));
    }
    return ranges;
  }
}
