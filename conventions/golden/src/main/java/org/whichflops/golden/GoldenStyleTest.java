package org.whichflops.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.zoo.Zoo;

/** Holds the texts of a family against those its tools printed, byte for byte. */
public abstract class GoldenStyleTest {
  private final ConventionFamily family;

  /** A test of a family's styles. */
  protected GoldenStyleTest(ConventionFamily family) {
    this.family = family;
  }

  /**
   * A text that a tool printed for a model.
   *
   * @param style the id of the style that reproduces it
   * @param model the model, by torchvision's name or, where it begins with a capital letter, one of
   *     {@link HandmadeModels}
   * @param input the input's shape
   * @param file the gzip-compressed text, beside the test's class
   */
  public record RecordedText(String style, String model, Shape input, String file) {
    /** A text for a model of torchvision at 1x3x224x224, or a handmade one at 1x6x16x16. */
    public RecordedText(String style, String model, String file) {
      this(
          style,
          model,
          isHandmade(model) ? Shape.of(1, 6, 16, 16) : Shape.of(1, 3, 224, 224),
          file);
    }

    private static boolean isHandmade(String model) {
      return Character.isUpperCase(model.charAt(0));
    }

    private Network network() {
      return isHandmade(model) ? HandmadeModels.of(model) : Zoo.build(model);
    }
  }

  /** Every text recorded. */
  protected abstract Stream<RecordedText> texts();

  @TestFactory
  final Stream<DynamicTest> text_isWhatTheToolPrints() {
    return texts()
        .map(text -> dynamicTest(text.style() + " of " + text.model(), () -> compare(text)));
  }

  @TestFactory
  final Stream<DynamicTest> style_isHeldAgainstATextOfTheTool() {
    List<String> held = texts().map(RecordedText::style).toList();
    return family.styles().stream()
        .map(style -> dynamicTest(style.id(), () -> assertThat(held).contains(style.id())));
  }

  private void compare(RecordedText recorded) throws IOException {
    SummaryStyle style =
        family.styles().stream()
            .filter(s -> s.id().equals(recorded.style()))
            .findFirst()
            .orElseThrow();
    Network network = recorded.network();
    StringBuilder text = new StringBuilder();
    style.print(network, network.forward(style.mode(), recorded.input()), text);
    compare(text.toString(), read(recorded.file()));
  }

  /** Compares a text with what the tool printed; as it is, byte for byte. */
  protected void compare(String text, String recorded) {
    assertThat(text).isEqualTo(recorded);
  }

  private String read(String file) throws IOException {
    try (InputStream raw = getClass().getResourceAsStream(file)) {
      if (raw == null) {
        throw new FileNotFoundException("no text is recorded in " + file);
      }
      return new String(new GZIPInputStream(raw).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
