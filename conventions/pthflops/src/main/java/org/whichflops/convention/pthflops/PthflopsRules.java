package org.whichflops.convention.pthflops;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.ELEMENTWISE;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;

import org.whichflops.convention.RuleTable;

/**
 * What pthflops counts for the nodes of a graph traced by torch.fx (pthflops/ops_fx.py, commit
 * 261cf94): modules by {@code isinstance}, functions by their bare name.
 */
final class PthflopsRules {
  private PthflopsRules() {}

  static final RuleTable TABLE =
      RuleTable.of(
          sees(
                  "nn.Conv1d",
                  "nn.Conv2d",
                  "nn.Conv3d",
                  "nn.ConvTranspose1d",
                  "nn.ConvTranspose2d",
                  "nn.ConvTranspose3d")
              .counts(MULTIPLY_ACCUMULATE, "K * C_in * (C_out // g) * y[0] * spatial(y)")
              .and(BIAS, "bias * C_out * y[0] * spatial(y)")
              .note(
                  "a transposed convolution is counted by its output, about stride^dims too much; "
                      + "without a batch channels are read as one")
              .source("ops_fx.py:11"),
          sees("nn.ReLU")
              .counts(ACTIVATION, "2 * numel(y)")
              .note("the comparison counts as well; nn.ReLU6 is no nn.ReLU")
              .source("ops_fx.py:43"),
          sees("nn.BatchNorm1d", "nn.BatchNorm2d", "nn.BatchNorm3d", "nn.SyncBatchNorm")
              .counts(NORMALIZATION, "2 * numel(y)")
              .note("2 an element, also without weight and bias")
              .source("ops_fx.py:108"),
          sees("nn.MaxPool1d", "nn.MaxPool2d", "nn.MaxPool3d")
              .counts(POOLING, "(K - 1) * numel(y)")
              .note("comparisons of a whole window, over the edge or not")
              .source("ops_fx.py:91"),
          sees("nn.AvgPool1d", "nn.AvgPool2d", "nn.AvgPool3d")
              .counts(POOLING, "K * numel(y)")
              .note("K - 1 additions and a division an output")
              .source("ops_fx.py:56"),
          sees("nn.AdaptiveAvgPool1d", "nn.AdaptiveAvgPool2d", "nn.AdaptiveAvgPool3d")
              .counts(POOLING, "x[-2] * x[-1] * numel(y)")
              .note(
                  "as if every output read the whole of the input's last two dimensions, which in "
                      + "one dimension are channels and length")
              .source("ops_fx.py:75"),
          sees("nn.Linear")
              .counts(MULTIPLY_ACCUMULATE, "numel(x) * y[-1]")
              .and(BIAS, "bias * y[-1]")
              .note("the bias is added once, whatever the batch and the rows")
              .source("ops_fx.py:120"),
          sees("torch.matmul", "Tensor.__matmul__")
              .counts(MULTIPLY_ACCUMULATE, "numel(x) * y[-1]")
              .note(
                  "batches that only the second operand has are not seen; x.matmul(y) is no function")
              .source("ops_fx.py:120, 175"),
          sees(
                  "torch.add",
                  "torch.mul",
                  "Tensor.__add__",
                  "Tensor.__radd__",
                  "Tensor.__iadd__",
                  "Tensor.__mul__",
                  "Tensor.__rmul__",
                  "Tensor.__imul__")
              .counts(ELEMENTWISE, "2 * numel(y)")
              .note(
                  "one an output and argument, so two; x.add(y) and x.add_(y) are methods and not "
                      + "seen, x += y is traced as x + y")
              .source("ops_fx.py:136"));
}
