package org.whichflops.convention.languagemodels;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Course;
import org.whichflops.engine.tensor.ForwardPass;

/** Leaves out the layer back to the vocabulary. */
final class KaplanCounter extends RuleCounter {
  /** The key of a linear layer that undoes an embedding. */
  static final String HEAD = "nn.Linear[de-embedding]";

  private final boolean perToken;

  KaplanCounter(Network network, RuleTable rules, boolean perToken) {
    super(network, rules);
    this.perToken = perToken;
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return call.callee() instanceof Linear linear && Tokens.isShapedAsAnEmbedding(network(), linear)
        ? rules().find(HEAD)
        : super.rule(call);
  }

  @Override
  protected boolean countsInsideCounted() {
    return false;
  }

  @Override
  protected long total(ForwardPass pass, long modules, long functionsAndOperators) {
    long tokens = Tokens.of(network(), pass);
    long sum = super.total(pass, modules, functionsAndOperators);
    return perToken ? sum / tokens : sum;
  }

  @Override
  protected Course course(ForwardPass pass, Course modules, Course functionsAndOperators) {
    return Course.OTHER; // not looked into
  }

  @Override
  protected Label adjustment() {
    return Label.BATCH_AVERAGE;
  }
}
