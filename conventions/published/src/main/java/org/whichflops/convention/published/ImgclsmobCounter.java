package org.whichflops.convention.published;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.ModuleVisits;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up as imgclsmob's {@code measure_model} does (pytorch/model_stats.py:54-281): a hook on
 * every module without children, looked up by isinstance, and an error at one that has no rule.
 */
final class ImgclsmobCounter extends RuleCounter {
  private final ModuleVisits hooks;
  private final long trainable;

  ImgclsmobCounter(Network network, RuleTable rules) {
    super(network, rules);
    hooks = new ModuleVisits(network, module -> true);
    trainable = network.trainableParameters();
  }

  @Override
  public long parameters(ForwardPass pass) {
    return trainable;
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    if (!(call.callee() instanceof Module module)) {
      return null;
    }
    if (!module.children().isEmpty()) {
      if (!module.parameters().isEmpty()) {
        throw new ToolFailureException("AssertionError");
      }
      return null;
    }
    for (ModuleType type = module.type(); type != null; type = type.base()) {
      Rule rule = rules().find(type.key());
      if (rule != null) {
        return rule;
      }
    }
    throw new ToolFailureException(
        "TypeError: Unknown layer type: <class '%s'>".formatted(module.type().qualifiedName()));
  }

  @Override
  protected long times(Call call) {
    return hooks.of((Module) call.callee());
  }
}
