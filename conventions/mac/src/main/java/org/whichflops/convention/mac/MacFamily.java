package org.whichflops.convention.mac;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.ArithmeticRuleCounter;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.TableConvention;
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
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
            new About(
                "mac",
                About.FORMULA,
                "",
                "MACs",
                "multiplications of convolutions, linear layers and matrix products",
                SOURCE),
            Mode.DECOMPOSED,
            () -> rules(""),
            ArithmeticRuleCounter::new),
        TableConvention.of(
            new About(
                "2mac",
                About.FORMULA,
                "",
                "FLOPs",
                "two operations for each multiply-accumulate of mac",
                SOURCE),
            Mode.DECOMPOSED,
            () -> rules("2 * "),
            ArithmeticRuleCounter::new));
  }

  @Override
  public int position() {
    return 1;
  }

  private static RuleTable rules(String factor) {
    return RuleTable.of(
        sees("aten.convolution")
            .counts(MULTIPLY_ACCUMULATE, factor + "positions * numel(w)")
            .note(
                "one a weight and position: outputs of a convolution, inputs of a transposed one"),
        sees("aten.deform_conv2d")
            .counts(MULTIPLY_ACCUMULATE, factor + "positions * numel(w)")
            .note("interpolation of the taps is not counted"),
        sees("aten.mm", "aten.bmm")
            .counts(MULTIPLY_ACCUMULATE, factor + "numel(x) * x2[-1]")
            .note("linear layers without bias, and both products of an attention, end here"),
        sees("aten.addmm", "aten.baddbmm")
            .counts(MULTIPLY_ACCUMULATE, factor + "numel(x2) * x3[-1]")
            .note("linear layers with bias end here; the bias is not counted"),
        sees("aten.mv", "aten.dot").counts(MULTIPLY_ACCUMULATE, factor + "numel(x)"),
        sees("aten._trilinear")
            .counts(MULTIPLY_ACCUMULATE, factor + "numel(x) // x[-1] * numel(w)")
            .note("nn.Bilinear: one a weight and row"),
        sees("aten.rnn_tanh", "aten.gru", "aten.lstm")
            .counts(MULTIPLY_ACCUMULATE, factor + "T * B * products")
            .note("the matrix products of every step, direction and layer; gates not counted"));
  }
}
