package org.whichflops.convention.exact;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.FIRST_ADDITION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;

import java.util.List;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Formula;

/** The tables of {@code exact} and {@code molchanov}, which differ in three rows. */
final class ExactRules {
  private ExactRules() {}

  /**
   * A sum of n products takes n multiplications and n - 1 additions; a bias is one addition more.
   */
  static final RuleTable EXACT =
      RuleTable.of(
          sees("aten.convolution", "aten.deform_conv2d")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "2 * positions * numel(w)")
                      .plus(FIRST_ADDITION, "-sums")
                      .plus(BIAS, "numel(y) * bias"))
              .note(
                  "2 K C_in / g - 1 an output without bias, 2 K C_in / g with; a transposed one's "
                      + "sums are formed before its output is cropped"),
          sees("aten.mm", "aten.bmm")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "2 * numel(x) * x2[-1]")
                      .plus(FIRST_ADDITION, "-numel(y)")
                      .plus(BIAS, "numel(y) * added"))
              .note(
                  "(2 I - 1) O a row; where a linear layer reads transposed numbers, its bias is "
                      + "added after the product, and 2 I O remain"),
          sees("aten.addmm", "aten.baddbmm")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "2 * numel(x2) * x3[-1]")
                      .plus(FIRST_ADDITION, "-numel(y)")
                      .plus(BIAS, "numel(y) * added"))
              .note("2 I O a row: the bias is the addition that the sum saves"),
          sees("aten.mv", "aten.dot")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "2 * numel(x)")
                      .plus(FIRST_ADDITION, "-numel(y)")),
          sees("aten._trilinear")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "2 * (numel(x) // x[-1]) * numel(w)")
                      .plus(FIRST_ADDITION, "-numel(y)")
                      .plus(BIAS, "numel(y) * bias")),
          sees("aten.rnn_tanh", "aten.gru", "aten.lstm")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "2 * T * B * products")
                      .plus(FIRST_ADDITION, "-T * B * D * L * (2 * gates * H + projected * P)")
                      .plus(BIAS, "2 * bias * T * B * D * L * gates * H"))
              .note("two products a gate, each with its own sum and bias"));

  private static final Rule CONVOLUTION_WITH_BIAS =
      sees("aten.convolution", "aten.deform_conv2d")
          .counts(
              Formula.of(MULTIPLY_ACCUMULATE, "2 * positions * numel(w)")
                  .plus(BIAS, "2 * numel(y)"))
          .note("2 H W (C_in K² + 1) C_out: two operations for a bias, there or not")
          .source("arXiv 1611.06440, appendix A.1");

  private static final Rule LINEAR_WITH_BIAS =
      sees("aten.addmm", "aten.baddbmm")
          .counts(
              Formula.of(MULTIPLY_ACCUMULATE, "2 * numel(x2) * x3[-1]")
                  .plus(FIRST_ADDITION, "-numel(y)"))
          .note("(2 I - 1) O; the bias is not counted")
          .source("arXiv 1611.06440, appendix A.1");

  private static final Rule PRODUCT =
      sees("aten.mm", "aten.bmm")
          .counts(
              Formula.of(MULTIPLY_ACCUMULATE, "2 * numel(x) * x2[-1]")
                  .plus(FIRST_ADDITION, "-numel(y)"))
          .note("(2 I - 1) O a row; a bias added after it is not counted");

  /** The same but for convolutions and linear layers with bias. */
  static RuleTable molchanov() {
    List<Rule> others = List.of(CONVOLUTION_WITH_BIAS, LINEAR_WITH_BIAS, PRODUCT);
    Rule[] rules =
        EXACT.rules().stream()
            .map(
                rule ->
                    others.stream()
                        .filter(other -> other.keys().equals(rule.keys()))
                        .findFirst()
                        .orElse(rule))
            .toArray(Rule[]::new);
    return RuleTable.of(rules);
  }
}
