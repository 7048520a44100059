package org.whichflops.convention.ptflops;

import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;

/** Adds up as 0.7.2.2 does, which fails where an interpolation has several factors. */
final class Ptflops0722Counter extends PtflopsCounter {
  Ptflops0722Counter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected Attribute enlarged() {
    return Attribute.ENLARGED_BY_BATCH;
  }

  @Override
  protected void check(ForwardPass pass) {
    super.check(pass);
    checkFactors(pass);
  }
}
