package org.whichflops.convention;

import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;

/** Folds batch norms where that is switched on, and gives one image's part of a batch. */
final class SwitchedCounter extends FoldingCounter {
  private final boolean perImage;

  SwitchedCounter(Network network, RuleTable rules, boolean perImage) {
    super(network, rules);
    this.perImage = perImage;
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
