package org.whichflops.convention.modelsummary;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Choice;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** pytorch_model_summary by amarczew, made of graykode's modelsummary. */
public final class ModelSummaryFamily implements ConventionFamily {
  private static final int DEFAULT_DEPTH = 1;

  @Override
  public boolean mayHave(String id) {
    return id.startsWith("pytorch-model-summary");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
                new About(
                    "pytorch-model-summary",
                    "pytorch_model_summary",
                    "0.1.2",
                    "params",
                    "parameters, of the modules that have a row in its summary; no FLOPs",
                    "github.com/amarczew/pytorch_model_summary, commit 85f70f8 (2020-08-30), "
                        + "under no_grad"),
                Mode.CPU_NO_GRAD,
                () -> ModelSummaryRules.TABLE,
                (network, rules) -> new ModelSummaryCounter(network, rules, DEFAULT_DEPTH))
            .option(
                new Choice(
                    "max_depth",
                    "1, another whole number, or none",
                    "how deep modules get rows; none is every depth",
                    ModelSummaryFamily::withDepth)));
  }

  @Override
  public List<SummaryStyle> styles() {
    return ModelSummaryView.all();
  }

  private static TableConvention withDepth(TableConvention convention, String value) {
    int depth = depth(value);
    return convention.counting((network, rules) -> new ModelSummaryCounter(network, rules, depth));
  }

  private static int depth(String value) {
    if (value.equals("none")) {
      return ShownModules.EVERY_DEPTH;
    }
    try {
      int depth = Integer.parseInt(value);
      if (depth >= 0) {
        return depth;
      }
    } catch (NumberFormatException e) {
      // said below, as for a negative number
    }
    throw new IllegalArgumentException(
        "pytorch-model-summary(max_depth=%s): max_depth is a whole number from 0, or none"
            .formatted(value));
  }
}
