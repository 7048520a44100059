package org.whichflops.report.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which pairs of conventions the page explains: all of them, or where those would be too many to
 * carry, neighbours by their totals and every pair with a convention that was asked about.
 *
 * @param asked the numbers of conventions that are explained against all others
 */
record PairChoice(List<Integer> asked) {
  /** How many conventions are explained each against each: 120 pairs. */
  static final int ALL = 16;

  /** Keeps the list as it is. */
  PairChoice {
    asked = List.copyOf(asked);
  }

  /** Pairs of numbers, the lower first, of conventions that have a total. */
  List<int[]> of(List<@Nullable Long> totals) {
    List<Integer> counted = new ArrayList<>();
    for (int i = 0; i < totals.size(); i++) {
      if (totals.get(i) != null) {
        counted.add(i);
      }
    }
    List<Integer> sorted = new ArrayList<>(counted);
    sorted.sort(Comparator.comparingLong(i -> Objects.requireNonNull(totals.get(i))));
    Set<List<Integer>> neighbours = new LinkedHashSet<>();
    for (int i = 1; i < sorted.size(); i++) {
      int a = sorted.get(i - 1);
      int b = sorted.get(i);
      neighbours.add(List.of(Math.min(a, b), Math.max(a, b)));
    }
    List<int[]> pairs = new ArrayList<>();
    for (int a : counted) {
      for (int b : counted) {
        boolean wanted =
            counted.size() <= ALL
                || asked.contains(a)
                || asked.contains(b)
                || neighbours.contains(List.of(a, b));
        if (a < b && wanted) {
          pairs.add(new int[] {a, b});
        }
      }
    }
    return pairs;
  }
}
