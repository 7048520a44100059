package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;

/** How far apart neighbours along each dimension of a tensor lie, by a rule of {@link Layout}. */
final class Strides {
  /** A rule, good for whatever sizes. */
  interface Rule {
    /** The strides of a result; null where its numbers lie row by row. */
    long @Nullable [] of(Tensor y);
  }

  private static final int NEVER = -1;

  private final Rule rule;
  private long @Nullable [] numbers;
  private int run = NEVER;

  Strides(Rule rule) {
    this.rule = rule;
  }

  /** The numbers of the run that they were worked out for; null for row by row. */
  long @Nullable [] numbers() {
    return numbers;
  }

  /** Works out the numbers, where the pass has run since. */
  void layAgain(Tensor y) {
    int now = y.pass().run();
    if (run != now) {
      run = now;
      numbers = rule.of(y);
    }
  }
}
