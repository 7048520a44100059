package org.whichflops.convention.torchstat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.whichflops.golden.GoldenStyleTest;

/** Holds torchstat's text against what torchstat printed for one model in a process of its own. */
class TorchstatStyleTest extends GoldenStyleTest {
  private static final Pattern SHARE_OF_TIME = Pattern.compile(" *n/a");

  TorchstatStyleTest() {
    super(new TorchstatFamily());
  }

  @Override
  protected Stream<RecordedText> texts() {
    return Stream.of(
            "alexnet",
            "densenet121",
            "googlenet",
            "inception_v3",
            "mnasnet1_0",
            "mobilenet_v2",
            "mobilenet_v3_large",
            "resnet18",
            "resnet50",
            "shufflenet_v2_x1_0",
            "squeezenet1_1",
            // Sequentials of a derived class
            "efficientnet_b0",
            // bytes in exponents
            "regnet_y_32gf",
            // a block in two places, a layer that is not called
            "Repeated",
            // layers that only some of the columns know
            "Wide")
        .map(model -> new RecordedText("torchstat", model, "alone/%s.txt.gz".formatted(model)));
  }

  @Override
  protected void compare(String text, String recorded) {
    assertSameButForShares(text, recorded);
  }

  /**
   * Byte for byte, but for shares of the time of the machine of the recording: where we have n/a it
   * has a percentage, and in as much room.
   */
  static void assertSameButForShares(String text, String recorded) {
    assertThat(text).hasSameSizeAs(recorded);
    StringBuilder untimed = new StringBuilder(recorded);
    Matcher unknown = SHARE_OF_TIME.matcher(text);
    while (unknown.find()) {
      assertThat(recorded.substring(unknown.start(), unknown.end())).matches(" +[0-9.]+%");
      untimed.replace(unknown.start(), unknown.end(), unknown.group());
    }
    assertThat(text).isEqualTo(untimed.toString());
  }
}
