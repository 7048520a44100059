package org.whichflops.convention;

import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;

/** Counts each call that a rule sees once. */
public class PlainRuleCounter extends RuleCounter {
  /** A counter that states the network's parameters, shared ones once. */
  public PlainRuleCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected final boolean countsByKey(ForwardPass pass) {
    return true;
  }
}
