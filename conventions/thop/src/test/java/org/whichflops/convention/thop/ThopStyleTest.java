package org.whichflops.convention.thop;

import java.util.stream.Stream;
import org.whichflops.golden.GoldenStyleTest;

/** Holds thop's text against what thop printed. */
class ThopStyleTest extends GoldenStyleTest {
  ThopStyleTest() {
    super(new ThopFamily());
  }

  @Override
  protected Stream<RecordedText> texts() {
    return Stream.of("thop", "thop-0.0.31")
        .flatMap(
            id ->
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
                            new RecordedText(id, model, "text/%s/%s.txt.gz".formatted(id, model))));
  }
}
