package org.whichflops.convention;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Tensor;

/** Folds batch norms into the layer before them, and gives one image's part of a batch. */
final class SwitchedCounter extends ArithmeticRuleCounter {
  private final boolean perImage;

  /** What layers without bias, and with one, returned in the run that is looked at. */
  private final Set<Tensor> unbiased = Collections.newSetFromMap(new IdentityHashMap<>());

  private final Set<Tensor> biased = Collections.newSetFromMap(new IdentityHashMap<>());

  SwitchedCounter(Network network, RuleTable rules, boolean perImage) {
    super(network, rules);
    this.perImage = perImage;
  }

  /** Calls are looked at in order, so a layer has been seen when its batch norm is. */
  @Override
  protected @Nullable Rule rule(Call call) {
    if (call.index() == 0) {
      unbiased.clear();
      biased.clear();
    }
    switch (call.callee().key()) {
      case "aten.convolution", "aten.linear" ->
          (call.attribute(Attribute.BIAS) == 0 ? unbiased : biased).add(call.output(0));
      case "aten.batch_norm" -> {
        Rule folded = rules().find(Switches.FOLDED);
        if (folded != null && unbiased.contains(call.input(0))) {
          return folded;
        }
        if (folded != null && biased.contains(call.input(0))) {
          return null; // the bias that is there takes it up
        }
      }
      default -> {}
    }
    return super.rule(call);
  }

  @Override
  protected long total(ForwardPass pass, long modules, long functionsAndOperators) {
    long sum = super.total(pass, modules, functionsAndOperators);
    return perImage ? sum / pass.call(0).input(0).size(0) : sum;
  }

  @Override
  protected Label adjustment() {
    return Label.BATCH_AVERAGE;
  }
}
