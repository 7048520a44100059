package org.whichflops.convention.published;

import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;

/** Leaves out the last linear layer, which is the head of a classifier. */
final class BackboneCounter extends OutermostCounter {
  private int head = -1;

  BackboneCounter(Network network, RuleTable rules) {
    super(network, rules);
    for (Module module : network.modules()) {
      head = module instanceof Linear ? module.index() : head;
    }
  }

  @Override
  protected long times(Call call) {
    return call.callee() instanceof Module module && module.index() == head ? 0 : 1;
  }
}
