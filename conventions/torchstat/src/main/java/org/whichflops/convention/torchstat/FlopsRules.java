package org.whichflops.convention.torchstat;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.ACTIVATION;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.INTERPOLATION;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;

import org.whichflops.convention.RuleTable;

/** torchstat's Flops (compute_flops.py, commit b52a3b0): multiply-accumulates and more. */
final class FlopsRules {
  private FlopsRules() {}

  static final RuleTable TABLE =
      RuleTable.of(
          sees("nn.Conv2d")
              .counts(MULTIPLY_ACCUMULATE, "K * x[1] * (y[1] // g) * x[0] * y[2] * y[3]")
              .and(BIAS, "bias * y[1] * x[0] * y[2] * y[3]")
              .note("a multiply-accumulate is one; other convolutions are not supported")
              .source("compute_flops.py:25"),
          sees("nn.BatchNorm2d")
              .counts(NORMALIZATION, "numel(x) * (1 + affine)")
              .note("1 an element, 2 with affine=True")
              .source("compute_flops.py:50"),
          sees("nn.AvgPool2d", "nn.MaxPool2d")
              .counts(POOLING, "numel(x)")
              .note(
                  "one an input element; adaptive pools are not supported and count nothing, so "
                      + "the last pool of most networks is missing")
              .source("compute_flops.py:71"),
          sees("nn.ReLU", "nn.ReLU6", "nn.PReLU", "nn.ELU", "nn.LeakyReLU")
              .counts(ACTIVATION, "numel(x)")
              .note(
                  "a module that is called again keeps only its last call's count, so the one "
                      + "ReLU of a residual block counts once")
              .source("compute_flops.py:60"),
          sees("nn.Upsample")
              .counts(INTERPOLATION, "x[0] * spatial(y)")
              .note("output positions: the channels are lost with the first image's dimension")
              .source("compute_flops.py:83"),
          sees("nn.Linear")
              .counts(MULTIPLY_ACCUMULATE, "x[0] * x[1] * y[1]")
              .note("the bias is ignored, and an input of more dimensions fails")
              .source("compute_flops.py:77"));
}
