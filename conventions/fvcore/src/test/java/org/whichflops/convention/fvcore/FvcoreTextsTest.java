package org.whichflops.convention.fvcore;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.whichflops.golden.GoldenStyleTest;

/** Holds the texts of fvcore and mmengine against those they printed. */
class FvcoreTextsTest extends GoldenStyleTest {
  private static final Map<String, String> FVCORE =
      Map.of(
          "fvcore", "flop_count_table",
          "fvcore/flop_count_table_depth10", "flop_count_table_depth10",
          "fvcore/flop_count_str", "flop_count_str",
          "fvcore/by_operator", "by_operator",
          "fvcore/parameter_count_table", "parameter_count_table",
          "fvcore/warnings", "warnings");

  private static final Map<String, String> MMENGINE =
      Map.of("mmengine", "out_table", "mmengine/out_arch", "out_arch");

  FvcoreTextsTest() {
    super(new FvcoreFamily());
  }

  @Override
  protected Stream<RecordedText> texts() {
    return Stream.of(
            texts(
                "fvcore",
                FVCORE,
                List.of(
                    "alexnet",
                    "mobilenet_v2",
                    "resnet18",
                    "resnet50",
                    "vit_b_16",
                    "Repeated",
                    "Wide")),
            texts(
                "mmengine",
                MMENGINE,
                List.of("alexnet", "mobilenet_v2", "resnet18", "vit_b_16", "Repeated", "Wide")),
            // modules that are never called, under their parents' names
            Stream.of(
                text("fvcore", "googlenet", "flop_count_table"),
                text("fvcore/flop_count_str", "googlenet", "flop_count_str"),
                text("fvcore/warnings", "googlenet", "warnings"),
                text("mmengine/out_arch", "googlenet", "out_arch")),
            // arithmetic of sizes, and modules that print themselves otherwise
            Stream.of(
                text("fvcore/flop_count_str", "swin_t", "flop_count_str"),
                text("fvcore/warnings", "swin_t", "warnings"),
                text("fvcore/warnings", "swin_v2_t", "warnings"),
                text("fvcore/warnings", "maxvit_t", "warnings"),
                text("fvcore/by_operator", "maxvit_t", "by_operator")))
        .flatMap(texts -> texts);
  }

  private static RecordedText text(String style, String model, String printed) {
    return text(style.replaceAll("/.*", ""), style, model, printed);
  }

  private static RecordedText text(String tool, String style, String model, String printed) {
    return new RecordedText(style, model, "text/%s/%s.%s.txt.gz".formatted(tool, model, printed));
  }

  private static Stream<RecordedText> texts(
      String tool, Map<String, String> styles, List<String> models) {
    return styles.entrySet().stream()
        .flatMap(
            style ->
                models.stream()
                    .map(
                        model ->
                            new RecordedText(
                                style.getKey(),
                                model,
                                "text/%s/%s.%s.txt.gz".formatted(tool, model, style.getValue()))));
  }
}
