package org.whichflops.convention.torchstat;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.ModuleCalls;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up modules without children, by {@code isinstance} and with what their last call counted: it
 * is held in a buffer, which every call sets anew (model_hook.py:42-94).
 */
final class LeafCounter extends RuleCounter {
  private final LeafChecks checks;
  private final ModuleCalls calls;
  private final @Nullable Rule[] rules;

  /** The parameters of the last run, good until the network calls others. */
  private long stated;

  private @Nullable ForwardPass statedFor;
  private int statedStructure;

  LeafCounter(Network network, RuleTable table, LeafChecks checks) {
    super(network, table);
    this.checks = checks;
    this.calls = new ModuleCalls(network);
    rules = new Rule[network.modules().size()];
    for (Module module : network.modules()) {
      rules[module.index()] = module.children().isEmpty() ? rule(module.type(), table) : null;
    }
  }

  /** The rule of a class, or of the nearest that it is derived from. */
  static @Nullable Rule rule(ModuleType type, RuleTable table) {
    Rule rule = null;
    for (ModuleType at = type; at != null && rule == null; at = at.base()) {
      rule = table.find(at.key());
    }
    return rule;
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return call.callee() instanceof Module module ? rules[module.index()] : null;
  }

  @Override
  protected long times(ForwardPass pass, Call call) {
    return calls.isLast(pass, call) ? 1 : 0;
  }

  @Override
  protected void check(ForwardPass pass) {
    checks.check(pass);
  }

  /** The parameters of the leaves that were called; those of modules with children are lost. */
  @Override
  public long parameters(ForwardPass pass) {
    if (statedFor != pass || statedStructure != pass.structure()) {
      stated = calledParameters(pass);
      statedFor = pass;
      statedStructure = pass.structure();
    }
    return stated;
  }

  private long calledParameters(ForwardPass pass) {
    boolean[] called = new boolean[rules.length];
    long sum = 0;
    for (int i = 0; i < pass.size(); i++) {
      if (pass.call(i).callee() instanceof Module module
          && module.children().isEmpty()
          && !called[module.index()]) {
        called[module.index()] = true;
        sum = Math.addExact(sum, module.parameterCount());
      }
    }
    return sum;
  }
}
