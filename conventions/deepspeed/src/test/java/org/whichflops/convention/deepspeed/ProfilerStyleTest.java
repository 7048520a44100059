package org.whichflops.convention.deepspeed;

import java.util.stream.Stream;
import org.whichflops.golden.GoldenStyleTest;

/** Holds the texts of DeepSpeed's profiler and calflops against what they printed. */
class ProfilerStyleTest extends GoldenStyleTest {
  ProfilerStyleTest() {
    super(new DeepSpeedFamily());
  }

  @Override
  protected Stream<RecordedText> texts() {
    return Stream.concat(
        Stream.of("alexnet", "mobilenet_v2", "resnet18", "resnet50", "vit_b_16")
            .map(model -> text("calflops", model)),
        Stream.concat(
            Stream.of("alexnet", "mobilenet_v2", "resnet18").map(model -> text("deepspeed", model)),
            Stream.of("googlenet", "densenet121", "Repeated", "Wide")
                .flatMap(model -> Stream.of(text("calflops", model), text("deepspeed", model)))));
  }

  private static RecordedText text(String style, String model) {
    return new RecordedText(style, model, "text/%s/%s.txt.gz".formatted(style, model));
  }

  @Override
  protected void compare(String text, String recorded) {
    super.compare(text, Untimed.of(recorded, text));
  }
}
