package org.whichflops.convention.deepspeed;

import org.whichflops.convention.RuleTable;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/** As DeepSpeed, but for the parameters, those with gradients only, and two more failures. */
final class CalflopsCounter extends ProfilerCounter {
  private final long trainable;
  private final boolean anyParameter;

  CalflopsCounter(Network network, RuleTable rules) {
    super(network, rules);
    trainable = network.trainableParameters();
    anyParameter =
        network.modules().stream().map(Module::parameters).anyMatch(own -> !own.isEmpty());
  }

  /** calculate_pipline.py:137. */
  @Override
  public long parameters(ForwardPass pass) {
    return trainable;
  }

  @Override
  protected void check(ForwardPass pass) {
    if (!anyParameter) {
      // next(model.parameters()).device, flops_counter.py:121
      throw new ToolFailureException("StopIteration:");
    }
    super.check(pass);
  }

  @Override
  boolean isChecked(Call call) {
    return call.callee().key().equals("F.interpolate") || super.isChecked(call);
  }

  @Override
  void check(Call call) {
    super.check(call);
    if (call.callee().key().equals("F.interpolate")) {
      long factors = call.attribute(Attribute.FACTORS);
      if (factors > 1 && factors != call.input(0).size(0)) {
        // flops * scale_factor**len(input), pytorch_ops.py:250: a tensor's len is its batch
        throw new ToolFailureException(
            "TypeError: unsupported operand type(s) for ** or pow(): 'tuple' and 'int'");
      }
    }
  }
}
