package org.whichflops.convention.arithmetic;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Operator;

/** Looks at operators only, and tells variants of one operator apart. */
final class ArithmeticCounter extends RuleCounter {
  ArithmeticCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected boolean countsByKey(ForwardPass pass) {
    return true;
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return call.callee() instanceof Operator operator ? rules().find(operator.variantKey()) : null;
  }
}
