package org.whichflops.convention.thop;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up as thop 0.0.31 does (thop/profile.py:150-216): as 0.1.1, but {@code dfs_count} begins
 * with 0 and not with what the container itself holds, so a layer that is the root counts nothing.
 */
final class Thop0031Counter extends ThopCounter {
  Thop0031Counter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected boolean countsByKey(ForwardPass pass) {
    return false;
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return rules().find(AdaptivePoolHook.keyByOutputSize(call));
  }

  @Override
  protected long times(Call call) {
    return call.callee() == network().root() ? 0 : super.times(call);
  }
}
