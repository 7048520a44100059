package org.whichflops.convention.thop;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/** Adds up as thop 0.1.1 does, and fails at an nn.LayerNorm that is called. */
final class Thop010Counter extends ThopCounter {
  Thop010Counter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected boolean countsByKey(ForwardPass pass) {
    return false;
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    if (call.callee().key().equals(LayerNorm.TYPE.key())) {
      throw new ToolFailureException(Thop010Rules.NO_AFFINE);
    }
    return super.rule(call);
  }
}
