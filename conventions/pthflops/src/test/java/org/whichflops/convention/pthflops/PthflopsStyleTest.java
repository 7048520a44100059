package org.whichflops.convention.pthflops;

import java.util.stream.Stream;
import org.whichflops.golden.GoldenStyleTest;

/** Holds pthflops' text against what pthflops printed. */
class PthflopsStyleTest extends GoldenStyleTest {
  PthflopsStyleTest() {
    super(new PthflopsFamily());
  }

  @Override
  protected Stream<RecordedText> texts() {
    return Stream.of("alexnet", "mobilenet_v2", "resnet18", "googlenet", "Repeated", "Wide")
        .map(model -> new RecordedText("pthflops", model, "text/%s.txt.gz".formatted(model)));
  }
}
