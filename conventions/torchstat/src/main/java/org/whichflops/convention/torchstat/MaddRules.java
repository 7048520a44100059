package org.whichflops.convention.torchstat;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.FIRST_ADDITION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;
import static org.whichflops.engine.formula.Label.SOFTMAX;

import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;

/**
 * MAdd, multiplications and additions one by one: module_madd.py of ceykmc's pytorch_model_summary
 * (commit 1a8860a), which torchstat (commit b52a3b0) took over as compute_madd.py line by line.
 *
 * <p>A leaf module is counted as its first class in the list by {@code isinstance}; sizes are those
 * of one image.
 */
final class MaddRules {
  private MaddRules() {}

  private static final String CONV = "K * (x[1] // g) * ";
  private static final String CONV_OUTPUTS = "y[1] // g * g * y[2] * y[3]";
  private static final String TRANSPOSED_OUTPUTS = "y[1] // g * g * x[2] * x[3]";

  /** What both tools count. */
  static final RuleTable TABLE =
      RuleTable.of(
          sees("nn.Conv2d")
              .counts(MULTIPLY_ACCUMULATE, "2 * " + CONV + "(" + CONV_OUTPUTS + ")")
              .and(FIRST_ADDITION, "-(" + CONV_OUTPUTS + ")")
              .and(BIAS, "bias * (" + CONV_OUTPUTS + ")")
              .note("K C_in / g products and one addition fewer an output, a bias is one more")
              .source("compute_madd.py:8, module_madd.py:10"),
          sees("nn.ConvTranspose2d")
              .counts(MULTIPLY_ACCUMULATE, "2 * " + CONV + "(" + TRANSPOSED_OUTPUTS + ")")
              .and(FIRST_ADDITION, "-(" + TRANSPOSED_OUTPUTS + ")")
              .and(BIAS, "bias * (" + TRANSPOSED_OUTPUTS + ")")
              .note("at the input's positions, where the bias is added too")
              .source("compute_madd.py:30, module_madd.py:32"),
          sees("nn.BatchNorm2d")
              .counts(NORMALIZATION, "4 * x[1] * x[2] * x[3]")
              .note("less a mean, over a deviation, times a weight, plus a bias; also without them")
              .source("compute_madd.py:51, module_madd.py:53"),
          sees("nn.MaxPool2d")
              .counts(POOLING, "(K - 1) * y[1] * y[2] * y[3]")
              .note("comparisons of a whole window, over the edge or not")
              .source("compute_madd.py:64, module_madd.py:66"),
          sees("nn.AvgPool2d")
              .counts(POOLING, "K * y[1] * y[2] * y[3]")
              .note("K - 1 additions and a division an output")
              .source("compute_madd.py:77, module_madd.py:79"),
          sees("nn.ReLU", "nn.ReLU6")
              .counts(ACTIVATION, "numel(x) // x[0]")
              .note(
                  "a module that is called again keeps only its last call's count, so the one "
                      + "ReLU of a residual block counts once")
              .source("compute_madd.py:93, module_madd.py:95"),
          sees("nn.Softmax")
              .counts(SOFTMAX, "3 * (numel(x) // x[0]) - 1")
              .note("as if the whole image were one row")
              .source("compute_madd.py:102, module_madd.py:104"),
          sees("nn.Linear")
              .counts(MULTIPLY_ACCUMULATE, "2 * y[1] * x[1]")
              .and(FIRST_ADDITION, "-y[1]")
              .note("(2 I - 1) O; the bias is ignored, and an input of more dimensions fails")
              .source("compute_madd.py:115, module_madd.py:117"),
          sees("nn.Bilinear")
              .counts(MULTIPLY_ACCUMULATE, "2 * y[1] * (x[1] * x2[1] + x2[1])")
              .and(FIRST_ADDITION, "-y[1]")
              .note("as x W, then a product with the second input")
              .source("compute_madd.py:127, module_madd.py:129"));

  /** The pooling that torchvision's ResNet had when ceykmc's table was made. */
  static final Rule ADAPTIVE_AS_AVERAGE =
      sees("nn.AdaptiveAvgPool2d")
          .counts(POOLING, "taps // x[0]")
          .note(
              "not the tool's: to its code the module is \"unsupported\"; its published table is "
                  + "of torchvision 0.2.1, where nn.AvgPool2d(7) stood in this place, so it counts "
                  + "as an average over what it reads")
          .source("ceykmc/pytorch_model_summary, README.md; module_madd.py:79");
}
