package org.whichflops.convention.exact;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.FIRST_ADDITION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleCounter;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.tensor.Mode;

/**
 * {@code exact}: multiplications and additions as the direct algorithm executes them, 2 K² C_in / g
 * - 1 a convolution output, one more with bias; and {@code molchanov}, which adds one product a
 * convolution output and leaves out the linear layers' bias.
 */
public final class ExactFamily implements ConventionFamily {
  /**
   * A sum of n products takes n multiplications and n - 1 additions; a bias is one addition more.
   */
  private static final RuleTable EXACT =
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
                      .plus(FIRST_ADDITION, "-numel(y)"))
              .note("(2 I - 1) O a row"),
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

  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
            new About(
                "exact",
                About.FORMULA,
                "",
                "FLOPs",
                "multiplications and additions of convolutions, linear layers and matrix products: "
                    + "n products are summed with n - 1 additions",
                "derived from the direct algorithm; (2 K² C_in - 1) H W C_out for convolutions and "
                    + "(2 I - 1) O for linear layers without bias"),
            Mode.DECOMPOSED,
            EXACT,
            RuleCounter::new),
        TableConvention.of(
            new About(
                "molchanov",
                About.FORMULA,
                "",
                "FLOPs",
                "2 H W (C_in K² + 1) C_out for convolutions, (2 I - 1) O for linear layers",
                "Molchanov et al. 2016, arXiv 1611.06440, appendix A.1"),
            Mode.DECOMPOSED,
            molchanov(),
            RuleCounter::new));
  }

  @Override
  public int position() {
    return 2;
  }

  private static RuleTable molchanov() {
    Rule[] rules =
        EXACT.rules().stream()
            .map(
                rule ->
                    rule.keys().equals(CONVOLUTION_WITH_BIAS.keys())
                        ? CONVOLUTION_WITH_BIAS
                        : rule.keys().equals(LINEAR_WITH_BIAS.keys()) ? LINEAR_WITH_BIAS : rule)
            .toArray(Rule[]::new);
    return RuleTable.of(rules);
  }
}
