package org.whichflops.convention.modelsummary;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.PARAMETERS;

import org.whichflops.convention.RuleTable;

/** The one rule of pytorch_model_summary 0.1.2 (model_summary.py, commit 85f70f8). */
final class ModelSummaryRules {
  private ModelSummaryRules() {}

  static final String ROW = "nn.Module";

  static final RuleTable TABLE =
      RuleTable.of(
          sees(ROW)
              .counts(PARAMETERS, "params")
              .note(
                  "a module with a row, when it is called for the first time: one at max_depth, or "
                      + "above it without modules below; the total is over the rows, so parameters "
                      + "of modules that are never called and those held by a module above the "
                      + "rows are lost")
              .source("model_summary.py:43, 65-95, 145-157"));
}
