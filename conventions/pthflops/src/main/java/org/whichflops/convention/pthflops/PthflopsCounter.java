package org.whichflops.convention.pthflops;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/** Adds up the nodes of the traced graph, each once (ops_fx.py:181-223, 257-266). */
final class PthflopsCounter extends RuleCounter {
  private @Nullable TracedGraph graph;
  private @Nullable Failures failures;
  private @Nullable ForwardPass graphOf;
  private int graphStructure;

  PthflopsCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return ruleOf(call);
  }

  /** The rule of a function's name, or of a module's class or the nearest it is derived from. */
  static @Nullable Rule ruleOf(Call call) {
    if (!(call.callee() instanceof Module module)) {
      return PthflopsRules.TABLE.find(call.callee().key());
    }
    Rule rule = null;
    for (ModuleType at = module.type(); at != null && rule == null; at = at.base()) {
      rule = PthflopsRules.TABLE.find(at.key());
    }
    return rule;
  }

  @Override
  protected long times(ForwardPass pass, Call call) {
    return graph(pass).contains(call) ? 1 : 0;
  }

  private TracedGraph graph(ForwardPass pass) {
    TracedGraph known = graph;
    if (known == null || graphOf != pass || graphStructure != pass.structure()) {
      known = new TracedGraph(network(), pass);
      graph = known;
      failures = new Failures(network(), known, pass);
      graphOf = pass;
      graphStructure = pass.structure();
    }
    return known;
  }

  @Override
  protected void check(ForwardPass pass) {
    graph(pass);
    Objects.requireNonNull(failures).check(pass);
  }

  /** pthflops states none. */
  @Override
  public long parameters(ForwardPass pass) {
    return NO_PARAMETERS;
  }
}
