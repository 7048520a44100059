package org.whichflops.convention.thop;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.POOLING;

import org.whichflops.convention.RuleTable;

/**
 * What thop 0.1.0 (commit 5b17856, 2022-06-13) and 0.1.1 as of July 2022 (commit 475368f) count
 * otherwise than the last 0.1.1.
 */
final class Thop010Rules {
  private Thop010Rules() {}

  /** What {@code m.affine} raises where {@code m} is an nn.LayerNorm. */
  static final String NO_AFFINE = "AttributeError: 'LayerNorm' object has no attribute 'affine'";

  /** 475368f: normalizations are asked for {@code affine} and nothing else. */
  static final RuleTable JULY_2022 =
      Thop011Rules.TABLE.with(
          sees("nn.LayerNorm")
              .countsNothing()
              .note("the tool fails: " + NO_AFFINE + "; mended on 2022-09-06")
              .source("basic_hooks.py:67"));

  /** 5b17856: sizes of adaptive pooling are divided with rounding down. */
  static final RuleTable TABLE =
      JULY_2022
          .with(
              sees("nn.AdaptiveAvgPool1d", "nn.AdaptiveAvgPool2d without batch")
                  .counts(POOLING, "(x[2] // y[2] + 1) * numel(y)")
                  .note("as nn.AdaptiveAvgPool2d")
                  .source("basic_hooks.py:114"))
          .with(
              sees("nn.AdaptiveAvgPool2d", "nn.AdaptiveAvgPool3d without batch")
                  .counts(POOLING, "(x[2] // y[2] * (x[3] // y[3]) + 1) * numel(y)")
                  .note(
                      "whole inputs an output and one division: 2 an output where the input is "
                          + "less than twice as high and wide, 1 where it is smaller")
                  .source("basic_hooks.py:114"))
          .with(
              sees("nn.AdaptiveAvgPool3d")
                  .counts(
                      POOLING, "(x[2] // y[2] * (x[3] // y[3]) * (x[4] // y[4]) + 1) * numel(y)")
                  .note("as nn.AdaptiveAvgPool2d")
                  .source("basic_hooks.py:114"))
          .without("nn.PixelShuffle")
          .source("nn.Upsample", "basic_hooks.py:124, calc_func.py:75")
          .source("nn.Linear", "basic_hooks.py:139");
}
