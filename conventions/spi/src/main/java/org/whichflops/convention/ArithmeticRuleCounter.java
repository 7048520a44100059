package org.whichflops.convention;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Operator;

/**
 * Adds up what operators execute: an operator that runs as a part of another one, such as a product
 * inside a recurrent layer, is in the rule of the whole.
 */
public class ArithmeticRuleCounter extends RuleCounter {
  /** A counter that states the network's parameters, shared ones once. */
  public ArithmeticRuleCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  /** Parts have keys of their own, with the variant. */
  @Override
  protected boolean countsByKey(ForwardPass pass) {
    return true;
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return call.callee() instanceof Operator operator && operator.isPart()
        ? null
        : super.rule(call);
  }
}
