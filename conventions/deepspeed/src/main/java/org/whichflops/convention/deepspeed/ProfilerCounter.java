package org.whichflops.convention.deepspeed;

import org.whichflops.convention.ModuleVisits;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.SelectedCalls;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ConvolutionArguments;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up as both tools do (profiler.py:94 and 1180, calculate_pipline.py:75, utils.py:254).
 *
 * <p>A patched function is put down to the innermost module that is running, and every module's
 * number is added once for every way to it through {@code children()}: what runs in a module under
 * two parents counts twice. Recurrent modules have a hook of their own instead of a list.
 */
class ProfilerCounter extends RuleCounter {
  private final ModuleVisits ways;
  private final SelectedCalls checked = new SelectedCalls(this::isChecked);

  ProfilerCounter(Network network, RuleTable rules) {
    super(network, rules);
    ways = new ModuleVisits(network, module -> true);
  }

  /** The module that the tools put a counted call down to. */
  static Module ownerOf(Call call, ForwardPass pass, RuleTable rules) {
    Call at = call;
    while (!(at.callee() instanceof Module module)
        || (at != call && rules.find(module.key()) != null)) {
      at = pass.call(at.parent());
    }
    return module;
  }

  @Override
  protected long times(ForwardPass pass, Call call) {
    return ways.of(ownerOf(call, pass, rules()));
  }

  @Override
  protected void check(ForwardPass pass) {
    for (int i : checked.of(pass)) {
      check(pass.call(i));
    }
  }

  /** Whether computing a call's count may stop at some sizes. */
  boolean isChecked(Call call) {
    return switch (call.callee().kind()) {
      case FUNCTION -> isWithoutBatch(call);
      case MODULE -> isCell(call.callee());
      case OPERATOR -> false;
    };
  }

  /** Whether it is a plain convolution, the only one with an assertion, over a single image. */
  private static boolean isWithoutBatch(Call call) {
    return call.arguments() instanceof ConvolutionArguments convolution
        && SharedRules.isConvolution(call.callee().key())
        && call.input(0).rank() == convolution.dims() + 1;
  }

  /** Stops where computing a call's count does. */
  void check(Call call) {
    if (call.callee().kind() == Callee.Kind.FUNCTION) {
      if (isWithoutBatch(call) && call.attribute(Attribute.C_IN) != call.input(0).size(1)) {
        // weight.shape[1] * groups == input.shape[1], profiler.py:570, pytorch_ops.py:84
        throw new ToolFailureException("AssertionError:");
      }
    } else if (isCell(call.callee()) && call.input(0).rank() == 1) {
      // inp.shape[1], profiler.py:1101, pytorch_ops.py:431
      throw new ToolFailureException("IndexError: tuple index out of range");
    }
  }

  private static boolean isCell(Callee callee) {
    return callee.key().equals("nn.RNNCell")
        || callee.key().equals("nn.GRUCell")
        || callee.key().equals("nn.LSTMCell");
  }
}
