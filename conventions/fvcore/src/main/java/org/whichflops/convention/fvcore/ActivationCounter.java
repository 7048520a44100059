package org.whichflops.convention.fvcore;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.NOTHING;

import org.whichflops.convention.RuleTable;
import org.whichflops.convention.TraceCounter;
import org.whichflops.engine.nn.Network;

/**
 * The elements of what products and convolutions put out, mmengine's activations
 * (mmengine/analysis/complexity_analysis.py:42): no operations.
 */
final class ActivationCounter extends TraceCounter {
  private static final RuleTable RULES =
      RuleTable.of(
          sees(
                  "aten.convolution",
                  "aten.addmm",
                  "aten.bmm",
                  "aten.einsum",
                  "aten.matmul",
                  "aten.linear")
              .counts(NOTHING, "numel(y)")
              .source("jit_handles.py:57"),
          sees("torch.rnn_tanh_cell", "torch.gru_cell", "torch.lstm_cell")
              .counts(NOTHING, "2 * B * gates * H")
              .note("two linear nodes"));

  ActivationCounter(Network network) {
    super(network, RULES);
  }
}
