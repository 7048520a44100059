package org.whichflops.convention.mac;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.ArithmeticRuleCounter;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.Switches;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.tensor.Mode;

/**
 * {@code mac}, the multiplications of convolutions, linear layers and matrix products, and {@code
 * 2mac}, twice that.
 */
public final class MacFamily implements ConventionFamily {
  private static final String SOURCE =
      "He et al. 2015 (arXiv 1512.03385), table 1: \"FLOPs (multiply-adds)\"; the count of "
          + "torchvision's published GFLOPS and of netscope";

  @Override
  public boolean mayHave(String id) {
    return id.equals("mac") || id.equals("2mac");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        convention(
            new About(
                "mac",
                About.FORMULA,
                "",
                "MACs",
                "multiplications of convolutions, linear layers and matrix products",
                SOURCE),
            ""),
        convention(
            new About(
                "2mac",
                About.FORMULA,
                "",
                "FLOPs",
                "two operations for each multiply-accumulate of mac",
                SOURCE),
            "2 * "));
  }

  private static TableConvention convention(About about, String factor) {
    return Switches.on(
        TableConvention.of(
            about,
            Mode.DECOMPOSED,
            () -> rules(factor, Switches.none()),
            ArithmeticRuleCounter::new),
        switches -> rules(factor, switches),
        false);
  }

  @Override
  public int position() {
    return 1;
  }

  private static RuleTable rules(String factor, Switches switches) {
    boolean bias = switches.is("bias", "true");
    RuleTable products =
        RuleTable.of(
            sees("aten.convolution")
                .counts(
                    with(bias, "numel(y) * bias", factor + switches.positions() + " * numel(w)"))
                .note(
                    "one a weight and position: outputs of a convolution, inputs of a transposed "
                        + "one"),
            sees("aten.deform_conv2d")
                .counts(with(bias, "numel(y) * bias", factor + "positions * numel(w)"))
                .note("interpolation of the taps is not counted"),
            sees("aten.mm")
                .counts(with(bias, "numel(y) * added", factor + "numel(x) * x2[-1]"))
                .note(
                    "linear layers without bias end here, and those that read transposed numbers: "
                        + "their bias is added after the product"),
            sees("aten.bmm")
                .counts(MULTIPLY_ACCUMULATE, switches.attention(factor + "numel(x) * x2[-1]"))
                .note("both products of an attention end here"),
            sees("aten.addmm")
                .counts(with(bias, "numel(y) * added", factor + "numel(x2) * x3[-1]"))
                .note("linear layers with bias end here"),
            sees("aten.baddbmm")
                .counts(MULTIPLY_ACCUMULATE, switches.attention(factor + "numel(x2) * x3[-1]"))
                .note("an attention's scores with a mask"),
            sees("aten.mv", "aten.dot").counts(MULTIPLY_ACCUMULATE, factor + "numel(x)"),
            sees("aten._trilinear")
                .counts(with(bias, "numel(y) * bias", factor + "numel(x) // x[-1] * numel(w)"))
                .note("nn.Bilinear: one a weight and row"),
            sees("aten.rnn_tanh", "aten.gru", "aten.lstm")
                .counts(
                    with(bias, "2 * bias * T * B * D * L * gates * H", factor + "T * B * products"))
                .note("the matrix products of every step, direction and layer; gates not counted"));
    return switches.with(products, factor, bias);
  }

  private static Formula with(boolean bias, String addition, String products) {
    Formula formula = Formula.of(MULTIPLY_ACCUMULATE, products);
    return bias ? formula.plus(BIAS, addition) : formula;
  }
}
