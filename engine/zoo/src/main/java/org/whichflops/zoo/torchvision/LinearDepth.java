package org.whichflops.zoo.torchvision;

import org.whichflops.zoo.ops.StochasticDepth;

/** Stochastic depth that rises from 0 in the first block to a probability in the last. */
final class LinearDepth {
  private final double last;
  private final int blocks;
  private int made;

  private LinearDepth(double last, int blocks) {
    this.last = last;
    this.blocks = blocks;
  }

  /**
   * For the blocks of all stages.
   *
   * @param last the last block's probability
   */
  static LinearDepth to(double last, int... blocks) {
    int all = 0;
    for (int ofStage : blocks) {
      all += ofStage;
    }
    return new LinearDepth(last, all);
  }

  /** The next block's, as torchvision works it out: {@code last * float(i) / (blocks - 1)}. */
  StochasticDepth next() {
    return new StochasticDepth(last * made++ / (blocks - 1.0));
  }
}
