package org.whichflops.convention.deepspeed;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ATTENTION;
import static org.whichflops.engine.formula.Label.INTERPOLATION;

import org.whichflops.convention.RuleTable;

/** DeepSpeed's own: deepspeed/profiling/flops_profiler/profiler.py, commit edaa722. */
final class DeepSpeedRules {
  private DeepSpeedRules() {}

  private static final String[] MATMUL = {
    "torch.matmul",
    "Tensor.matmul",
    "Tensor.__matmul__",
    "torch.mm",
    "Tensor.mm",
    "torch.bmm",
    "Tensor.bmm"
  };
  private static final String ATTENTION_MACS =
      "numel(x) * x2[-2] + numel(x) // x[-1] * x2[-2] * x3[-1]";
  private static final String ATTENTION_NOTE =
      "both products, whatever the mask; nn.MultiheadAttention's fast path without gradients is "
          + "another function, and is not seen";

  static final RuleTable FLOPS =
      SharedRules.FLOPS.and(
          RuleTable.of(
              SharedRules.matmulFlops(MATMUL),
              sees("F.scaled_dot_product_attention")
                  .counts(ATTENTION, "2 * (" + ATTENTION_MACS + ")")
                  .note(ATTENTION_NOTE)
                  .source("profiler.py:866"),
              sees("F.upsample", "F.interpolate")
                  .counts(INTERPOLATION, "asked + enlarged")
                  .note(
                      "by sizes their product without batch and channels, by factors all output "
                          + "elements; F.upsample calls F.interpolate and is counted twice")
                  .source("profiler.py:715")));

  static final RuleTable MACS =
      SharedRules.MACS.and(
          RuleTable.of(
              SharedRules.matmulMacs(MATMUL),
              sees("F.scaled_dot_product_attention")
                  .counts(ATTENTION, ATTENTION_MACS)
                  .note(ATTENTION_NOTE)
                  .source("profiler.py:866")));
}
