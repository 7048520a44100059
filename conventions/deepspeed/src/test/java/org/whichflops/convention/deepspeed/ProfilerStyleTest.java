package org.whichflops.convention.deepspeed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
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
        Stream.of("alexnet", "mobilenet_v2", "resnet18").map(model -> text("deepspeed", model)));
  }

  private static RecordedText text(String style, String model) {
    return new RecordedText(style, model, "text/%s/%s.txt.gz".formatted(style, model));
  }

  /** Byte for byte, but for the times of the machine of the recording and what follows of them. */
  @Override
  protected void compare(String text, String recorded) {
    String pattern = Pattern.quote(text).replaceAll("n/a *", "\\\\E[^\\\\n]+?\\\\Q");
    assertThat(recorded).matches(Pattern.compile(pattern));
  }
}
