package org.whichflops.convention.torchflopcounter;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ATTENTION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;

import org.whichflops.convention.RuleTable;

/**
 * The registry of {@code torch.utils.flop_counter} in torch 2.6.0
 * (torch/utils/flop_counter.py:538), without the operators of a backward pass, which counting a
 * model never runs.
 *
 * <p>It watches operators from below: {@code linear}, {@code matmul}, {@code einsum} and {@code
 * scaled_dot_product_attention} have fallen apart by then, and their parts are counted.
 */
final class FlopCounterRules {
  private FlopCounterRules() {}

  static final RuleTable RULES =
      RuleTable.of(
          sees("aten.convolution")
              .counts(MULTIPLY_ACCUMULATE, "2 * positions * numel(w)")
              .note(
                  "two a multiply-accumulate, bias not counted; a transposed convolution by the "
                      + "input's positions")
              .source("flop_counter.py:90, 129"),
          sees("aten.mm")
              .counts(MULTIPLY_ACCUMULATE, "2 * numel(x) * x2[-1]")
              .note("a linear layer without bias, or over a transposed input, is one")
              .source("flop_counter.py:51"),
          sees("aten.addmm")
              .counts(MULTIPLY_ACCUMULATE, "2 * numel(x2) * x3[-1]")
              .note("a linear layer; what is added, its bias, is not counted")
              .source("flop_counter.py:62"),
          sees("aten.bmm")
              .counts(MULTIPLY_ACCUMULATE, "2 * numel(x) * x2[-1]")
              .note("matmul and einsum come down to this, broadcast batches written out")
              .source("flop_counter.py:67"),
          sees("aten.baddbmm")
              .counts(MULTIPLY_ACCUMULATE, "2 * numel(x2) * x3[-1]")
              .source("flop_counter.py:80"),
          sees(
                  "aten._scaled_dot_product_efficient_attention",
                  "aten._scaled_dot_product_flash_attention",
                  "aten._scaled_dot_product_cudnn_attention")
              .counts(ATTENTION, "2 * numel(x) * L_k + 2 * (numel(x) // x[-1]) * L_k * x3[-1]")
              .note(
                  "the kernels of CUDA devices; the CPU's, "
                      + "_scaled_dot_product_flash_attention_for_cpu, is not in the registry and "
                      + "counts nothing, and on the meta device attention falls apart into bmm. A "
                      + "causal mask halves nothing")
              .source("flop_counter.py:241, 261"));
}
