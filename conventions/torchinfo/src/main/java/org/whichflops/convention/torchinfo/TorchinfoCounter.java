package org.whichflops.convention.torchinfo;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up as torchinfo does: every call of a module without children; what a module with children
 * computes with parameters of its own is not added (model_statistics.py:31).
 */
final class TorchinfoCounter extends RuleCounter {
  private final TorchinfoVersion version;

  /** The parameters of the last run, good until the network calls others. */
  private long stated;

  private @Nullable ForwardPass statedFor;
  private int statedStructure;

  TorchinfoCounter(Network network, RuleTable rules, TorchinfoVersion version) {
    super(network, rules);
    this.version = version;
  }

  /** It hooks modules. */
  @Override
  protected boolean looksAt(Callee.Kind kind) {
    return kind == Callee.Kind.MODULE;
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return call.callee() instanceof Module module ? TorchinfoRules.find(rules(), module) : null;
  }

  @Override
  protected long times(Call call) {
    return Row.isLeaf((Module) call.callee()) ? 1 : 0;
  }

  @Override
  public long parameters(ForwardPass pass) {
    if (statedFor != pass || statedStructure != pass.structure()) {
      stated = Statistics.ofParameters(Rows.of(network(), pass, version), version).parameters();
      statedFor = pass;
      statedStructure = pass.structure();
    }
    return stated;
  }
}
