package org.whichflops.convention.fvcore;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.convention.TraceCounter;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up what the handlers make of a trace's nodes (fvcore/nn/jit_analysis.py:549), and fails
 * where one of them does (jit_handles.py).
 */
class FvcoreCounter extends TraceCounter {
  private static final int LEAST_NORMALIZED = 2;
  private static final int MOST_NORMALIZED = 5;

  FvcoreCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  @Override
  protected @Nullable Rule rule(Call call) {
    if (!call.callee().key().equals("aten.matmul") || call.input(1).rank() > 1) {
      return super.rule(call);
    }
    Rule withVector = rules().find(FvcoreRules.WITH_VECTOR);
    if (withVector == null) {
      // assert input_shapes[0][-1] == input_shapes[1][-2], jit_handles.py:227
      throw new ToolFailureException("IndexError: list index out of range");
    }
    return withVector;
  }

  @Override
  protected long times(ForwardPass pass, Call call) {
    long times = super.times(pass, call);
    if (times > 0) {
      check(call);
    }
    return times;
  }

  /**
   * Fails where the handler of a node does.
   *
   * @throws ToolFailureException with Python's message
   */
  void check(Call call) {
    switch (call.callee().key()) {
      case "aten.batch_norm" -> {
        if (call.attribute(Attribute.BATCH_STATISTICS) == 1) {
          checkNormalized(call);
        }
      }
      case "aten.instance_norm", "aten.layer_norm", "aten.group_norm" -> checkNormalized(call);
      default -> {
        // the others take what PyTorch takes
      }
    }
  }

  /** {@code assert 2 <= len(input_shape) <= 5, input_shape}, jit_handles.py:245. */
  static void checkNormalized(Call call) {
    int rank = call.input(0).rank();
    if (rank < LEAST_NORMALIZED || rank > MOST_NORMALIZED) {
      throw new ToolFailureException(
          "AssertionError: " + java.util.Arrays.toString(call.input(0).shape().sizes()));
    }
  }
}
