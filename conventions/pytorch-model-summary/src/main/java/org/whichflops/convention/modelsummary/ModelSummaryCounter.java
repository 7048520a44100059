package org.whichflops.convention.modelsummary;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/** Adds up the rows of a summary, each module once however often it is called. */
final class ModelSummaryCounter extends RuleCounter {
  private final ShownModules shown;

  ModelSummaryCounter(Network network, RuleTable rules, int maxDepth) {
    super(network, rules);
    shown = new ShownModules(network, maxDepth);
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    return shown.contains(call.callee()) ? rules().find(ModelSummaryRules.ROW) : null;
  }

  @Override
  protected long times(ForwardPass pass, Call call) {
    for (int i = 0; i < call.index(); i++) {
      if (pass.call(i).callee() == call.callee()) {
        return 0;
      }
    }
    return 1;
  }

  @Override
  protected void check(ForwardPass pass) {
    for (int i = 0; i < pass.size(); i++) {
      if (shown.contains(pass.call(i).callee())) {
        checkTensors((Module) Objects.requireNonNull(pass.call(i).callee()), true);
      }
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
