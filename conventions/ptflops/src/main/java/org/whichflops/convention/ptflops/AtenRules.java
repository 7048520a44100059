package org.whichflops.convention.ptflops;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;

import org.whichflops.convention.RuleTable;
import org.whichflops.engine.formula.Formula;

/** {@code ATEN_OPS_MAPPING} of ptflops 0.7.5 (ptflops/aten_ops.py, commit 3c5c3e3). */
final class AtenRules {
  private AtenRules() {}

  static final RuleTable TABLE =
      RuleTable.of(
          sees("aten.convolution", "aten._convolution")
              .counts(
                  Formula.of(MULTIPLY_ACCUMULATE, "positions * numel(w)")
                      .plus(BIAS, "numel(y) * bias"))
              .note("one a weight and position: outputs, or inputs of a transposed convolution")
              .source("aten_ops.py:98"),
          sees("aten.addmm")
              .counts(Formula.of(MULTIPLY_ACCUMULATE, "numel(x2) * x3[-1]").plus(BIAS, "numel(y)"))
              .note(
                  "linear layers with bias; over transposed numbers they run as mm and add, and "
                      + "the bias is not counted")
              .source("aten_ops.py:36"),
          sees("aten.mm", "aten.matmul", "aten.bmm")
              .counts(MULTIPLY_ACCUMULATE, "numel(x) * x2[-1]")
              .note(
                  "linear layers without bias, and attention where it is not one kernel as on the "
                      + "CPU; aten.matmul never reaches the backend, mm or bmm does")
              .source("aten_ops.py:23, 57"));
}
