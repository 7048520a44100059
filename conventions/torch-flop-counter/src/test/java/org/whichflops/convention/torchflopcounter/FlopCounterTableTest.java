package org.whichflops.convention.torchflopcounter;

import java.util.Map;
import java.util.stream.Stream;
import org.whichflops.golden.GoldenStyleTest;

/** Holds FlopCounterMode's tables against those it printed. */
class FlopCounterTableTest extends GoldenStyleTest {
  private static final Map<String, String> CALLS =
      Map.of(
          "torch-flop-counter", "get_table_default",
          "torch-flop-counter/get_table_depth999", "get_table_depth999");

  FlopCounterTableTest() {
    super(new TorchFlopCounterFamily());
  }

  @Override
  protected Stream<RecordedText> texts() {
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
                                call.getKey(),
                                model,
                                "text/%s.%s.txt.gz".formatted(model, call.getValue()))));
  }
}
