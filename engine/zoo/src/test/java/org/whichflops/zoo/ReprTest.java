package org.whichflops.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.ModuleRepr;

/** Torchvision's models print as Python prints the real ones. */
class ReprTest {
  private static final String HEADING = "=== ";
  private static final Map<String, String> RECORDED = recorded();

  private static Map<String, String> recorded() {
    Map<String, StringBuilder> texts = new LinkedHashMap<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Objects.requireNonNull(ReprTest.class.getResourceAsStream("reprs.txt.gz"))),
                StandardCharsets.UTF_8))) {
      StringBuilder text = new StringBuilder();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(HEADING)) {
          text = new StringBuilder();
          texts.put(line.substring(HEADING.length()), text);
        } else {
          text.append(text.length() == 0 ? "" : "\n").append(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> all = new LinkedHashMap<>();
    texts.forEach((name, text) -> all.put(name, text.toString()));
    return all;
  }

  static Stream<String> names() {
    return RECORDED.keySet().stream();
  }

  @Test
  void recorded_areAllOfTorchvision() {
    assertThat(RECORDED).hasSize(95);
  }

  @ParameterizedTest
  @MethodSource("names")
  void repr_isWhatPythonPrints(String name) {
    assertThat(ModuleRepr.of(Zoo.build(name).root())).isEqualTo(RECORDED.get(name));
  }
}
