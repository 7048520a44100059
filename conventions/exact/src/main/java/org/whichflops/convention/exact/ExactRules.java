package org.whichflops.convention.exact;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ATTENTION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.FIRST_ADDITION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;

import java.util.List;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.Switches;
import org.whichflops.engine.formula.Formula;

/** The tables of {@code exact} and {@code molchanov}, which differ in three rows. */
final class ExactRules {
  private static final String WITHOUT_BIAS = "2 * numel(x) * x2[-1]";
  private static final String WITH_BIAS = "2 * numel(x2) * x3[-1]";

  private ExactRules() {}

  /**
   * A sum of n products takes n multiplications and n - 1 additions; a bias is one addition more.
   */
  static final RuleTable EXACT = table(Switches.none());

  /** The same with options set. */
  static RuleTable table(Switches switches) {
    boolean bias = !switches.is("bias", "false");
    String positions = "2 * " + switches.positions() + " * numel(w)";
    String sums = switches.is("transposed", "output") ? "-numel(y)" : "-sums";
    RuleTable products =
        RuleTable.of(
            sees("aten.convolution", "aten.deform_conv2d")
                .counts(formula(positions, sums, bias ? "numel(y) * bias" : ""))
                .note(
                    "2 K C_in / g - 1 an output without bias, 2 K C_in / g with; a transposed "
                        + "one's sums are formed before its output is cropped"),
            sees("aten.mm")
                .counts(formula(WITHOUT_BIAS, "-numel(y)", bias ? "numel(y) * added" : ""))
                .note(
                    "(2 I - 1) O a row; where a linear layer reads transposed numbers, its bias is "
                        + "added after the product, and 2 I O remain"),
            attention(switches, "aten.bmm", WITHOUT_BIAS, ""),
            sees("aten.addmm")
                .counts(formula(WITH_BIAS, "-numel(y)", bias ? "numel(y) * added" : ""))
                .note("2 I O a row: the bias is the addition that the sum saves"),
            attention(switches, "aten.baddbmm", WITH_BIAS, bias ? "numel(y) * added" : ""),
            sees("aten.mv", "aten.dot").counts(formula("2 * numel(x)", "-numel(y)", "")),
            sees("aten._trilinear")
                .counts(
                    formula(
                        "2 * (numel(x) // x[-1]) * numel(w)",
                        "-numel(y)",
                        bias ? "numel(y) * bias" : "")),
            sees("aten.rnn_tanh", "aten.gru", "aten.lstm")
                .counts(
                    formula(
                        "2 * T * B * products",
                        "-T * B * D * L * (2 * gates * H + projected * P)",
                        bias ? "2 * bias * T * B * D * L * gates * H" : ""))
                .note("two products a gate, each with its own sum and bias"));
    return switches.with(products, "2 * ", bias);
  }

  private static Formula formula(String products, String sums, String bias) {
    Formula formula = Formula.of(MULTIPLY_ACCUMULATE, products).plus(FIRST_ADDITION, sums);
    return bias.isEmpty() ? formula : formula.plus(BIAS, bias);
  }

  /** A product of matrices in stacks, as the two of an attention are; in one term where changed. */
  private static Rule attention(Switches switches, String key, String products, String bias) {
    String all = products + " - numel(y)" + (bias.isEmpty() ? "" : " + " + bias);
    String some = switches.attention(all);
    return some.equals(all)
        ? sees(key)
            .counts(formula(products, "-numel(y)", bias))
            .note("both products of an attention")
        : sees(key).counts(ATTENTION, some).note("the part of an attention's products asked for");
  }

  private static final Rule CONVOLUTION_WITH_BIAS =
      sees("aten.convolution", "aten.deform_conv2d")
          .counts(
              Formula.of(MULTIPLY_ACCUMULATE, "2 * positions * numel(w)")
                  .plus(BIAS, "2 * numel(y)"))
          .note("2 H W (C_in K² + 1) C_out: two operations for a bias, there or not")
          .source("arXiv 1611.06440, appendix A.1");

  private static final Rule LINEAR_WITH_BIAS =
      sees("aten.addmm", "aten.baddbmm")
          .counts(formula(WITH_BIAS, "-numel(y)", ""))
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
    List<String> replaced =
        List.of("aten.convolution", "aten.addmm", "aten.baddbmm", "aten.mm", "aten.bmm");
    Rule[] others =
        EXACT.rules().stream()
            .filter(rule -> !replaced.contains(rule.keys().get(0)))
            .toArray(Rule[]::new);
    return RuleTable.of(CONVOLUTION_WITH_BIAS, LINEAR_WITH_BIAS, PRODUCT).and(RuleTable.of(others));
  }
}
