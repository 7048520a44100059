package org.whichflops.convention.fvcore;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;

import org.whichflops.convention.RuleTable;

/**
 * {@code _DEFAULT_SUPPORTED_OPS} of fvcore (fvcore/nn/flop_count.py:28, commit 3378afe): nodes of
 * {@code torch.jit}'s trace. Where nothing is said, an earlier version differs in the line only.
 *
 * <p>What is not in the table counts nothing: with a warning, "Unsupported operator", or without
 * one where fvcore holds it for free (jit_analysis.py:27).
 */
final class FvcoreRules {
  /** A product with a vector, for which only mmengine has an answer. */
  static final String WITH_VECTOR = "aten.matmul[with a vector]";

  private static final String[] NORMS = {
    "aten.instance_norm", "aten.layer_norm", "aten.group_norm"
  };

  private static final String[] CELLS = {
    "torch.rnn_tanh_cell", "torch.gru_cell", "torch.lstm_cell"
  };

  private FvcoreRules() {}

  /** fvcore as it is. */
  static final RuleTable CURRENT =
      RuleTable.of(
          sees("aten.convolution")
              .counts(MULTIPLY_ACCUMULATE, "positions * numel(w)")
              .note(
                  "one a multiply-accumulate, bias not counted; a transposed convolution by the "
                      + "input's positions. padding='same' and 'valid' are the node "
                      + "_convolution_mode, which is not supported, and count nothing")
              .source("jit_handles.py:129, 156"),
          sees("aten.linear")
              .counts(MULTIPLY_ACCUMULATE, "numel(x) * y[-1]")
              .note("bias not counted")
              .source("jit_handles.py:101"),
          sees("aten.addmm")
              .counts(MULTIPLY_ACCUMULATE, "numel(x2) * x3[-1]")
              .source("jit_handles.py:84"),
          sees("aten.bmm")
              .counts(MULTIPLY_ACCUMULATE, "numel(x) * x2[-1]")
              .note("baddbmm is not supported")
              .source("jit_handles.py:115"),
          sees("aten.matmul", "aten.mm")
              .counts(MULTIPLY_ACCUMULATE, "numel(x) * x2[-1]")
              .note(
                  "broadcast batches of the second operand are not seen; a vector as the second "
                      + "operand makes fvcore fail")
              .source("jit_handles.py:219"),
          sees("aten.einsum")
              .counts(
                  MULTIPLY_ACCUMULATE, "indices * non_local + einsum_path // 2 * (1 - non_local)")
              .note(
                  "read off numpy.einsum_path's report, which prints four digits: long counts are "
                      + "rounded. The equations of non-local blocks are counted exactly")
              .source("jit_handles.py:176"),
          sees("aten.batch_norm")
              .counts(NORMALIZATION, "numel(x) * (1 + scaled + 3 * batch_statistics)")
              .note(
                  "1 an element, 2 with a learnt weight; 4 and 5 without running statistics, as "
                      + "in training")
              .source("jit_handles.py:253"),
          sees(NORMS)
              .counts(NORMALIZATION, "numel(x) * (4 + scaled)")
              .note("4 an element, 5 with a learnt weight: \"just a rough estimate\"")
              .source("jit_handles.py:232"),
          sees("aten.upsample_nearest2d")
              .counts(INTERPOLATION, "numel(y)")
              .note("1 an output; along one dimension or three it is not supported")
              .source("flop_count.py:42"),
          sees("aten.upsample_bilinear2d")
              .counts(INTERPOLATION, "4 * numel(y)")
              .note("bicubic, linear and trilinear are not supported")
              .source("flop_count.py:43"),
          sees("aten.grid_sampler")
              .counts(INTERPOLATION, "4 * numel(y)")
              .note("bilinear is assumed")
              .source("flop_count.py:45"),
          sees("aten.adaptive_avg_pool2d")
              .counts(POOLING, "numel(x)")
              .note("the one pooling counted, by its input")
              .source("flop_count.py:44"),
          sees(CELLS)
              .counts(MULTIPLY_ACCUMULATE, "B * gates * H * (I + H)")
              .note(
                  "a cell is traced as what it is made of: two linear nodes, and gates, which are "
                      + "not supported. nn.RNN, nn.GRU and nn.LSTM are one node each, not supported")
              .source("jit_handles.py:101"));

  /**
   * fvcore from 2021-03-09 (commit 1f43d07), when it began to count norms, to 2021-06-03 (052545c),
   * when batch norms in evaluation were told from those in training.
   */
  static final RuleTable MARCH_2021 =
      CURRENT
          .without("aten.mm")
          .with(
              sees("aten.convolution")
                  .counts(MULTIPLY_ACCUMULATE, "numel(y) * w[1] * K")
                  .note(
                      "a transposed convolution as if it were a plain one, by the output's "
                          + "positions, with the weight's second size for the input's channels")
                  .source("jit_handles.py:125, 148"))
          .source("aten.linear", "jit_handles.py:95")
          .source("aten.addmm", "jit_handles.py:77")
          .source("aten.bmm", "jit_handles.py:110")
          .source("aten.matmul", "jit_handles.py:201")
          .with(
              sees("aten.einsum")
                  .counts(MULTIPLY_ACCUMULATE, "indices * non_local")
                  .note("the equations of non-local blocks; any other makes fvcore fail")
                  .source("jit_handles.py:163"))
          .with(
              sees("aten.batch_norm")
                  .counts(NORMALIZATION, "numel(x) * (4 + scaled)")
                  .note("as in training, also in evaluation")
                  .source("jit_handles.py:215"))
          .with(
              sees(NORMS)
                  .counts(NORMALIZATION, "numel(x) * (4 + scaled)")
                  .note("4 an element, 5 with a learnt weight: \"just a rough estimate\"")
                  .source("jit_handles.py:215"))
          .source("aten.upsample_nearest2d", "flop_count.py:38")
          .source("aten.upsample_bilinear2d", "flop_count.py:39")
          .source("aten.grid_sampler", "flop_count.py:41")
          .source("aten.adaptive_avg_pool2d", "flop_count.py:40")
          .source("torch.rnn_tanh_cell", "jit_handles.py:95");

  /** fvcore before: products only (commit 943ce71, 2021-03-08). */
  static final RuleTable FEBRUARY_2021 =
      MARCH_2021
          .without(
              "aten.batch_norm",
              "aten.instance_norm",
              "aten.layer_norm",
              "aten.group_norm",
              "aten.upsample_nearest2d",
              "aten.upsample_bilinear2d",
              "aten.grid_sampler",
              "aten.adaptive_avg_pool2d")
          .source("aten.convolution", "jit_handles.py:142, 165")
          .source("aten.linear", "jit_handles.py:92")
          .source("aten.addmm", "jit_handles.py:64")
          .source("aten.bmm", "jit_handles.py:117")
          .source("aten.matmul", "jit_handles.py:238")
          .source("aten.einsum", "jit_handles.py:190")
          .source("torch.rnn_tanh_cell", "jit_handles.py:92");

  /** mmengine's copy of fvcore's (mmengine/analysis/jit_handles.py, commit 2543429). */
  static final RuleTable MMENGINE =
      CURRENT
          .source("aten.convolution", "jit_handles.py:122, 149")
          .source("aten.linear", "jit_handles.py:98")
          .source("aten.addmm", "jit_handles.py:83")
          .source("aten.bmm", "jit_handles.py:110")
          .with(
              sees("aten.matmul", "aten.mm")
                  .counts(MULTIPLY_ACCUMULATE, "numel(x) * x2[-1]")
                  .note("broadcast batches of the second operand are not seen")
                  .source("jit_handles.py:216"))
          .with(
              sees(WITH_VECTOR)
                  .counts(MULTIPLY_ACCUMULATE, "numel(x)")
                  .note("a vector as the second operand is one column; fvcore fails on it")
                  .source("jit_handles.py:221"))
          .source("aten.einsum", "jit_handles.py:175")
          .source("aten.batch_norm", "jit_handles.py:251")
          .source("aten.instance_norm", "jit_handles.py:231")
          .source("aten.upsample_nearest2d", "complexity_analysis.py:34")
          .source("aten.upsample_bilinear2d", "complexity_analysis.py:35")
          .source("aten.grid_sampler", "complexity_analysis.py:37")
          .source("aten.adaptive_avg_pool2d", "complexity_analysis.py:36")
          .source("torch.rnn_tanh_cell", "jit_handles.py:98");
}
