package org.whichflops.convention.published;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;

import org.whichflops.convention.RuleTable;

/** {@code conv2d_cx}, {@code linear_cx} and {@code MultiheadAttention.complexity} of pycls. */
final class PyclsRules {
  private PyclsRules() {}

  static final RuleTable TABLE =
      RuleTable.of(
          sees("aten.convolution")
              .counts(MULTIPLY_ACCUMULATE, "positions * numel(w)")
              .and(BIAS, "numel(y) * bias")
              .note("k k C_in C_out h w // groups, and C_out h w with a bias")
              .source("blocks.py:77"),
          sees("aten.addmm", "aten.baddbmm")
              .counts(MULTIPLY_ACCUMULATE, "numel(x2) * x3[-1]")
              .and(BIAS, "numel(y) * added")
              .note("linear layers with bias, at every location")
              .source("blocks.py:129"),
          sees("aten.mm", "aten.bmm")
              .counts(MULTIPLY_ACCUMULATE, "numel(x) * x2[-1]")
              .note("linear layers without bias, and both products of an attention")
              .source("blocks.py:129, 190"));
}
