package org.whichflops.report.formula;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;

/**
 * How a count goes with one size while the others stay: over every so many values of it, by a
 * polynomial of some degree.
 *
 * @param axis the size
 * @param period the distance of the values; 0 where no polynomial was found
 * @param degree the polynomial's
 * @param first a value from which on, at that distance, the count is known to follow it
 * @param takesOthers whether the network takes any other value at all
 */
record Course(Axis axis, long period, int degree, long first, boolean takesOthers) {
  /** A count goes at most with the square of the pixels. */
  private static final int HIGHEST = 4;

  /** Differences that must vanish before a degree is believed at all. */
  private static final int REDUNDANT = 3;

  /** Values in a row that follow a polynomial which is believed. */
  private static final int LONG_RUN = 48;

  private static final List<Long> PERIODS = periods();

  /** Powers of two from strides, and odd factors from windows and the bins of adaptive pools. */
  private static List<Long> periods() {
    TreeSet<Long> all = new TreeSet<>();
    for (long odd : new long[] {1, 3, 5, 7, 9, 15, 21, 35, 45, 49, 63, 105}) {
      for (long power = 1; power <= 256; power *= 2) {
        all.add(odd * power);
      }
    }
    return List.copyOf(all);
  }

  boolean isFound() {
    return period > 0;
  }

  /** Looks for the smallest period. */
  static Course of(Axis axis, Counts counts, long[] own) {
    boolean takesOthers = false;
    for (long period : PERIODS) {
      List<BigInteger> brief = run(axis, counts, own, period, HIGHEST + 1 + REDUNDANT, new long[1]);
      takesOthers |= brief.size() > 1;
      if (degree(brief) < 0) {
        continue;
      }
      long[] first = new long[1];
      List<BigInteger> run = run(axis, counts, own, period, LONG_RUN, first);
      int degree = degree(run);
      if (degree >= 0) {
        return new Course(axis, period, degree, first[0], true);
      }
    }
    return new Course(axis, 0, 0, axis.of(own), takesOthers);
  }

  /** The counts from the subject's own size up; where it takes no more, from as many below on. */
  private static List<BigInteger> run(
      Axis axis, Counts counts, long[] own, long period, int most, long[] first) {
    List<BigInteger> up = new ArrayList<>();
    long start = axis.of(own);
    for (long at = start; up.size() < most; at += period) {
      Counts.Outcome outcome = counts.at(axis.set(own, at));
      if (!outcome.isCount()) {
        break;
      }
      up.add(outcome.value());
    }
    List<BigInteger> down = new ArrayList<>();
    first[0] = start;
    for (long at = start - period; at > 0 && down.size() + up.size() < most; at -= period) {
      Counts.Outcome outcome = counts.at(axis.set(own, at));
      if (!outcome.isCount()) {
        break;
      }
      down.add(outcome.value());
      first[0] = at;
    }
    Collections.reverse(down);
    down.addAll(up);
    return down;
  }

  /** The degree of the polynomial that values at equal distances follow; -1 for none. */
  private static int degree(List<BigInteger> values) {
    List<BigInteger> differences = values;
    for (int degree = 0; degree <= HIGHEST; degree++) {
      List<BigInteger> next = new ArrayList<>();
      for (int i = 1; i < differences.size(); i++) {
        next.add(differences.get(i).subtract(differences.get(i - 1)));
      }
      if (next.size() < REDUNDANT) {
        return -1;
      }
      if (next.stream().allMatch(difference -> difference.signum() == 0)) {
        return degree;
      }
      differences = next;
    }
    return -1;
  }
}
