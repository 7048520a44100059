package org.whichflops.convention.ptflops;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up as the aten backend does (ptflops/aten_engine.py:55-100 in 0.7.5): every operator that
 * reaches the device once, for the whole batch. An operator made of others falls apart before.
 * Parameters are those with gradients.
 */
final class AtenCounter extends RuleCounter {
  private final long trainable;

  AtenCounter(Network network, RuleTable rules) {
    super(network, rules);
    trainable = network.trainableParameters();
  }

  @Override
  public long parameters(ForwardPass pass) {
    return trainable;
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return call.end() == call.index() + 1 ? super.rule(call) : null;
  }
}
