package org.whichflops.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleRepr;

/** Single layers print as Python prints them. */
class LayerReprTest {
  static Stream<Arguments> recorded() throws IOException {
    try (var file =
        new GZIPInputStream(
            Objects.requireNonNull(
                LayerReprTest.class.getResourceAsStream("layer-reprs.csv.gz")))) {
      CsvParserSettings settings = new CsvParserSettings();
      settings.setHeaderExtractionEnabled(true);
      List<String[]> rows = new CsvParser(settings).parseAll(file, StandardCharsets.UTF_8);
      return rows.stream().map(row -> arguments(row[0], row[1].replace("\\n", "\n")));
    }
  }

  @Test
  void recorded_areMany() throws IOException {
    assertThat(recorded()).hasSizeGreaterThan(140);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recorded")
  void repr_isWhatPythonPrints(String name, String repr) {
    Module root = LayerCases.build(name).root();
    Module layer = root.children().getOrDefault("m", root);
    assertThat(ModuleRepr.of(layer)).isEqualTo(repr);
  }
}
