package org.whichflops.convention.ptflops;

import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up as 0.6.6 to 0.7 do, where an input constructor returns a dict and nothing else
 * (ptflops/flops_counter.py:33-43 in 0.6.6). The tool itself makes an input of one image, so more
 * images come as keyword arguments, and nothing is ever averaged.
 */
class KeywordCounter extends PtflopsCounter {
  KeywordCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected final boolean byKeyword(ForwardPass pass) {
    return super.byKeyword(pass) || pass.call(0).input(0).size(0) != 1;
  }

  @Override
  protected final boolean averages(ForwardPass pass) {
    return false;
  }
}
