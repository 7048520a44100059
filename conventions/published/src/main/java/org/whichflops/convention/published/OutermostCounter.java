package org.whichflops.convention.published;

import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Network;

/**
 * Counts a layer as the framework of the table has it: what PyTorch calls inside such a layer, as
 * for a local response normalization, is not counted besides.
 */
class OutermostCounter extends RuleCounter {
  OutermostCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected boolean countsInsideCounted() {
    return false;
  }
}
