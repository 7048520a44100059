package org.whichflops.convention.modelsummary;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.ModuleCalls;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.SelectedCalls;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/** Adds up the rows of a summary, each module once however often it is called. */
final class ModelSummaryCounter extends RuleCounter {
  private final ShownModules shown;
  private final ModuleCalls calls;
  private final SelectedCalls broken;

  ModelSummaryCounter(Network network, RuleTable rules, int maxDepth) {
    super(network, rules);
    shown = new ShownModules(network, maxDepth);
    calls = new ModuleCalls(network);
    broken = new SelectedCalls(call -> isBroken(call.callee()));
  }

  private boolean isBroken(Callee callee) {
    return shown.contains(callee) && !givesAndTakesTensors(callee);
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return shown.contains(call.callee()) ? rules().find(ModelSummaryRules.ROW) : null;
  }

  @Override
  protected long times(ForwardPass pass, Call call) {
    return calls.isFirst(pass, call) ? 1 : 0;
  }

  private static boolean givesAndTakesTensors(Callee callee) {
    return !(callee instanceof Module module)
        || (module.takesTensorsOnly() && module.givesTensorsOnly());
  }

  @Override
  protected void check(ForwardPass pass) {
    for (int i : broken.of(pass)) {
      checkTensors((Module) Objects.requireNonNull(pass.call(i).callee()), true);
    }
  }

  /** Stops where a row's shapes cannot be taken (model_summary.py:50-64). */
  static void checkTensors(Module module, boolean outputs) {
    if (!module.takesTensorsOnly() || (outputs && !module.givesTensorsOnly())) {
      throw new ToolFailureException("Exception: Object not supported");
    }
  }

  @Override
  public long parameters(ForwardPass pass) {
    return total(pass);
  }
}
