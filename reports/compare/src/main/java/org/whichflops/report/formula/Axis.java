package org.whichflops.report.formula;

import java.util.List;

/**
 * A variable: one size of the input, or height and width at once where they must be alike.
 *
 * @param symbol N, H, W, S or T
 * @param sizes which of the subject's sizes it sets
 */
record Axis(String symbol, List<Integer> sizes) {
  /** The sizes with this one set. */
  long[] set(long[] at, long value) {
    long[] changed = at.clone();
    for (int size : sizes) {
      changed[size] = value;
    }
    return changed;
  }

  /** This size. */
  long of(long[] at) {
    return at[sizes.get(0)];
  }
}
