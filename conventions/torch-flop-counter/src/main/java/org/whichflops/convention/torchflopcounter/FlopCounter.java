package org.whichflops.convention.torchflopcounter;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.FusedEncoderLayers;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up the operators that reach the device (flop_counter.py:719). It has hooks of its own for
 * all modules together, which PyTorch's fused encoder layer does not mind.
 */
final class FlopCounter extends RuleCounter {
  private @Nullable FusedEncoderLayers fused;

  FlopCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected boolean countsByKey(ForwardPass pass) {
    return fused(pass).isEmpty();
  }

  @Override
  protected long times(ForwardPass pass, Call call) {
    return fused(pass).hides(call) ? 0 : 1;
  }

  private FusedEncoderLayers fused(ForwardPass pass) {
    FusedEncoderLayers known = fused;
    if (known == null || !known.isOf(pass)) {
      known = FusedEncoderLayers.of(pass);
      fused = known;
    }
    return known;
  }

  @Override
  public long parameters(ForwardPass pass) {
    return NO_PARAMETERS;
  }
}
