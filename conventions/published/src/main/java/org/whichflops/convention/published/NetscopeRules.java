package org.whichflops.convention.published;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ELEMENTWISE;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;

import org.whichflops.convention.RuleTable;

/** The column {@code macc} of netscope, for the layers that Caffe would have. */
final class NetscopeRules {
  private NetscopeRules() {}

  static final RuleTable TABLE =
      RuleTable.of(
          sees("F.conv1d", "F.conv2d", "F.conv3d")
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * (C_in // g) * K")
              .note("the bias is not counted")
              .source("analyzer.coffee:78"),
          sees("F.linear")
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * x[-1]")
              .note("the bias is not counted")
              .source("analyzer.coffee:142"),
          sees("F.batch_norm")
              .counts(NORMALIZATION, "numel(x) * scaled")
              .note("BatchNorm counts add and div, not macc; the Scale layer after it is a macc")
              .source("analyzer.coffee:321"),
          sees("nn.LocalResponseNorm")
              .counts(NORMALIZATION, "numel(x) * window")
              .source("analyzer.coffee:201"),
          sees("Tensor.__mul__", "Tensor.__imul__", "Tensor.mul", "Tensor.mul_", "torch.mul")
              .counts(ELEMENTWISE, "numel(y)")
              .note("Eltwise with operation PROD")
              .source("analyzer.coffee:276"),
          sees("F.conv_transpose1d", "F.conv_transpose2d", "F.conv_transpose3d")
              .counts(MULTIPLY_ACCUMULATE, "trunc(numel(y) * C_in * (K / s))")
              .note("its output's positions, a kernel divided by the stride each; groups ignored")
              .source("analyzer.coffee:296"));
}
