package org.whichflops.convention.ptflops;

import org.whichflops.convention.RuleTable;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up as 0.4 to 0.6.4 do: over {@code modules()}, which names each module once
 * (ptflops/flops_counter.py:176-183 in 0.6.4).
 */
class OncePerModuleCounter extends KeywordCounter {
  OncePerModuleCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected boolean countsByKey(ForwardPass pass) {
    return true;
  }

  @Override
  protected final long times(Module module) {
    return 1;
  }

  /** 0.4 and 0.5.2, which ask for two dimensions beside the batch (flops_counter.py:21). */
  static final class OfTwoDimensions extends OncePerModuleCounter {
    OfTwoDimensions(Network network, RuleTable rules) {
      super(network, rules);
    }

    @Override
    protected void check(ForwardPass pass) {
      if (pass.call(0).input(0).rank() < 3) {
        throw new ToolFailureException("AssertionError: assert len(input_res) >= 2");
      }
      super.check(pass);
    }
  }
}
