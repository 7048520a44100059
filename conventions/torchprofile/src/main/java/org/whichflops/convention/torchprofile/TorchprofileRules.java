package org.whichflops.convention.torchprofile;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.ATTENTION;
import static org.whichflops.engine.formula.Label.ELEMENTWISE;
import static org.whichflops.engine.formula.Label.GATES;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;
import static org.whichflops.engine.formula.Label.SIZES;

import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.TracedSizes;
import org.whichflops.engine.formula.Formula;

/**
 * {@code HANDLER_MAP} of torchprofile 0.1.0 (torchprofile/handlers.py, commit ec8bf8a): nodes of
 * {@code torch.jit}'s trace. What has no handler, {@code mm} and {@code _convolution_mode} among
 * them, is skipped with a warning.
 */
final class TorchprofileRules {
  /**
   * A convolution whose weight's first size is not the number of its output's channels: a
   * transposed one, unless it has as many channels out as in.
   */
  static final String OTHER_LAYOUT = "aten.convolution[w[0] != C_out]";

  private static final String SIZES_NOTE =
      "products of sizes, such as batch * heads, are traced as mul over single numbers, one each";

  private TorchprofileRules() {}

  static final RuleTable OPERATORS =
      RuleTable.of(
          sees("aten.convolution")
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * w[1] * K")
              .note(
                  "bias not counted. padding='same' and 'valid' are the node _convolution_mode, "
                      + "which has no handler, and count nothing")
              .source("handlers.py:77"),
          sees(OTHER_LAYOUT)
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * w[0] * K")
              .note(
                  "a transposed convolution is counted by its output's positions, about "
                      + "stride^dimensions too many, and with all input channels whatever the "
                      + "groups. Which size of the weight is the input's channels is guessed: with "
                      + "as many channels out as in, the guess is wrong, and groups do divide")
              .source("handlers.py:77"),
          sees("aten.linear", "aten.matmul")
              .counts(MULTIPLY_ACCUMULATE, "numel(y) * x[-1]")
              .note("broadcast batches are multiplied out; bias not counted; mm has no handler")
              .source("handlers.py:39, 188"),
          sees("aten.addmm")
              .counts(MULTIPLY_ACCUMULATE, "numel(x2) * x3[-1]")
              .source("handlers.py:10"),
          sees("aten.bmm")
              .counts(MULTIPLY_ACCUMULATE, "numel(x) * x2[-1]")
              .source("handlers.py:23"),
          sees("aten.baddbmm")
              .counts(MULTIPLY_ACCUMULATE, "numel(x2) * x3[-1]")
              .source("handlers.py:30"),
          sees("aten.einsum")
              .counts(MULTIPLY_ACCUMULATE, "indices * (1 - ellipsis)")
              .note("the product of all index sizes, also where nothing is summed; '...' counts 0")
              .source("handlers.py:128"),
          sees("aten.scaled_dot_product_attention")
              .counts(ATTENTION, "(numel(x) // x[-1]) * L_k * (x[-1] + x3[-1])")
              .note("both products; the softmax between them is not counted")
              .source("handlers.py:158"),
          sees("aten.mul", "aten.mul_").counts(ELEMENTWISE, "numel(y)").source("handlers.py:73"),
          sees("aten.batch_norm", "aten.instance_norm", "aten.layer_norm", "aten.group_norm")
              .counts(NORMALIZATION, "numel(y) * scaled")
              .note("1 an element with a learnt weight, nothing without")
              .source("handlers.py:87"),
          sees(
                  "aten.adaptive_avg_pool1d",
                  "aten.adaptive_avg_pool2d",
                  "aten.adaptive_avg_pool3d",
                  "aten.avg_pool1d",
                  "aten.avg_pool2d",
                  "aten.avg_pool3d",
                  "aten.mean")
              .counts(POOLING, "numel(y)")
              .note("1 an output, whatever the window")
              .source("handlers.py:97"),
          sees("aten.leaky_relu")
              .counts(ACTIVATION, "numel(y)")
              .note("the only activation counted, and not in place")
              .source("handlers.py:101"),
          sees("aten.upsample_bilinear2d", "aten.grid_sampler")
              .counts(INTERPOLATION, "4 * numel(y)")
              .note("upsample_nearest2d counts nothing; other resampling has no handler")
              .source("handlers.py:105, 147"),
          sees("aten.lstm")
              .counts(MULTIPLY_ACCUMULATE, "T * B * D * 4 * P * (I + P + (L - 1) * (D * P + P))")
              .note(
                  "the size of the state is taken for the hidden one, so a projection makes it "
                      + "smaller than it is; nn.RNN and nn.GRU have no handler")
              .source("handlers.py:109"));

  /** What Python's own code computes while it is traced. */
  static final RuleTable IN_PYTHON =
      RuleTable.of(
          sees("torch.rnn_tanh_cell")
              .counts(MULTIPLY_ACCUMULATE, "B * gates * H * (I + H)")
              .note("a cell is traced as what it is made of: two linear nodes")
              .source("handlers.py:39"),
          sees("torch.gru_cell")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "B * gates * H * (I + H)")
                      .plus(GATES, "2 * B * H"))
              .note("as a cell is traced: two linear nodes, two mul_")
              .source("handlers.py:39"),
          sees("torch.lstm_cell")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "B * gates * H * (I + H)")
                      .plus(GATES, "3 * B * H"))
              .note("as a cell is traced: two linear nodes, three mul")
              .source("handlers.py:39"));

  static final RuleTable RULES = OPERATORS.and(IN_PYTHON).and(ofSizes());

  /** One for each product of sizes. */
  private static RuleTable ofSizes() {
    return RuleTable.of(
        TracedSizes.ALL.stream()
            .filter(sizes -> sizes.operator().equals("mul"))
            .map(
                sizes ->
                    sees(sizes.seen())
                        .counts(SIZES, sizes.formula())
                        .note(SIZES_NOTE)
                        .source("handlers.py:73; " + sizes.source()))
            .toArray(Rule[]::new));
  }
}
