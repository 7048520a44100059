package org.whichflops.convention.fvcore;

import org.whichflops.convention.RuleTable;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;

/** As fvcore adds up, with what failed in the spring of 2021 (fvcore/nn/jit_handles.py). */
final class Fvcore2021Counter extends FvcoreCounter {
  Fvcore2021Counter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  void check(Call call) {
    switch (call.callee().key()) {
      case "aten.einsum" -> {
        if (call.attribute(Attribute.NON_LOCAL) == 0) {
          throw new ToolFailureException("NotImplementedError: Unsupported einsum operation.");
        }
      }
      case "aten.batch_norm" -> checkNormalized(call);
      default -> super.check(call);
    }
  }
}
