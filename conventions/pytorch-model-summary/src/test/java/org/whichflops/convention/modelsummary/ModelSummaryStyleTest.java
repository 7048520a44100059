package org.whichflops.convention.modelsummary;

import java.util.Map;
import java.util.stream.Stream;
import org.whichflops.golden.GoldenStyleTest;

/** Holds the texts of pytorch_model_summary against what it printed. */
class ModelSummaryStyleTest extends GoldenStyleTest {
  private static final Map<String, String> ARGUMENTS =
      Map.of(
          "pytorch-model-summary",
          "show_input=False_show_hierarchical=False",
          "pytorch-model-summary/show_input",
          "show_input=True_show_hierarchical=False",
          "pytorch-model-summary/show_hierarchical",
          "show_input=False_show_hierarchical=True",
          "pytorch-model-summary/show_input,show_hierarchical",
          "show_input=True_show_hierarchical=True",
          "pytorch-model-summary/max_depth=none,show_parent_layers",
          "max_depth=None_show_parent_layers=True",
          "pytorch-model-summary/max_depth=none,show_parent_layers,batch_size",
          "max_depth=None_show_parent_layers=True_batch_size=1");

  ModelSummaryStyleTest() {
    super(new ModelSummaryFamily());
  }

  @Override
  protected Stream<RecordedText> texts() {
    return ARGUMENTS.entrySet().stream()
        .flatMap(
            style ->
                Stream.of(
                        "alexnet",
                        "mobilenet_v2",
                        "resnet18",
                        "resnet50",
                        "vit_b_16",
                        "googlenet",
                        "Repeated",
                        "Wide")
                    .map(
                        model ->
                            new RecordedText(
                                style.getKey(),
                                model,
                                "text/%s.%s.txt.gz".formatted(model, style.getValue()))));
  }
}
