package org.whichflops.convention.published;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;

import org.whichflops.convention.RuleTable;

/** The operators that the backbones of classifiers are made of, as fvcore counts them. */
final class MmpretrainRules {
  private MmpretrainRules() {}

  static final RuleTable TABLE =
      RuleTable.of(
          sees("F.conv1d", "F.conv2d", "F.conv3d")
              .counts(MULTIPLY_ACCUMULATE, "positions * numel(w)")
              .note("the bias is not counted")
              .source("fvcore/nn/jit_handles.py, conv_flop_jit"),
          sees("nn.Linear")
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * I")
              .note("all but the last, which is the head and does not run")
              .source("get_flops.py:55"),
          sees("F.linear", "torch.matmul", "Tensor.matmul", "Tensor.__matmul__", "torch.bmm")
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * x[-1]")
              .source("fvcore/nn/jit_handles.py, linear_flop_jit, matmul_flop_jit"),
          sees("F.batch_norm")
              .counts(NORMALIZATION, "numel(x) * (1 + scaled)")
              .source("fvcore/nn/jit_handles.py, batchnorm_flop_jit"),
          sees("F.layer_norm", "F.group_norm")
              .counts(NORMALIZATION, "numel(x) * (4 + scaled)")
              .source("fvcore/nn/jit_handles.py, norm_flop_counter"),
          sees("F.adaptive_avg_pool2d")
              .counts(POOLING, "numel(x)")
              .source("fvcore/nn/flop_count.py, _DEFAULT_SUPPORTED_OPS"));
}
