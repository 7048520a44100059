package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;

/**
 * How far apart neighbours along each dimension of a tensor lie, by a rule of {@link Layout}. Rules
 * are classes rather than lambdas: a network lays thousands of tensors, and before code is
 * optimized a lambda takes several times as long to make.
 */
abstract class Strides {
  private static final int NEVER = -1;

  private long @Nullable [] numbers;
  private int run = NEVER;

  /** The rule, good for whatever sizes: the strides of a result, null where it is row by row. */
  abstract long @Nullable [] of(Tensor y);

  /** The numbers of the run that they were worked out for; null for row by row. */
  final long @Nullable [] numbers() {
    return numbers;
  }

  /** Works out the numbers, where the pass has run since. */
  final void layAgain(Tensor y) {
    int now = y.pass().run();
    if (run != now) {
      run = now;
      numbers = of(y);
    }
  }
}
