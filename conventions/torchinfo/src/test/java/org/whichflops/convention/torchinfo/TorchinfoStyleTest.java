package org.whichflops.convention.torchinfo;

import java.util.Map;
import java.util.stream.Stream;
import org.whichflops.golden.GoldenStyleTest;

/** Holds torchinfo's summaries against those torchinfo printed. */
class TorchinfoStyleTest extends GoldenStyleTest {
  private static final Map<String, String> CALLS =
      Map.of(
          "", "summary_default",
          "/columns", "summary_cols",
          "/depth5", "summary_depth5_varnames",
          "/no-input", "summary_noinput");

  TorchinfoStyleTest() {
    super(new TorchinfoFamily());
  }

  @Override
  protected Stream<RecordedText> texts() {
    return Stream.of("torchinfo", "torchinfo-master").flatMap(TorchinfoStyleTest::texts);
  }

  private static Stream<RecordedText> texts(String id) {
    return CALLS.entrySet().stream()
        .flatMap(
            call ->
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
                                id + call.getKey(),
                                model,
                                "text/%s/%s.%s.txt.gz".formatted(id, model, call.getValue()))));
  }
}
