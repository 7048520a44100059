package org.whichflops.report.identify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintedNumberTest {
  @ParameterizedTest
  @CsvSource({
    "3.8G, 3800000000",
    "300M MAdds, 300000000",
    "0.72 GMac, 720000000",
    "5.58 Bn, 5580000000",
    "320.24 MMac, 320240000",
    "4089184256, 4089184256",
    "'8,219,737,624', 8219737624",
    "1e9, 1000000000",
    "2.9e10, 29000000000",
    "22.5B, 22500000000",
    "125.44 KMac, 125440",
    "4.1 GFLOPs, 4100000000",
    "42 MACs, 42",
    "1.5 TFLOPs, 1500000000000",
  })
  void parse_ofWhatPapersAndToolsPrint_isTheNumber(String text, long value) {
    assertThat(PrintedNumber.parse(text).value()).isEqualByComparingTo(BigDecimal.valueOf(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "G", "3.8X", "-3G", "0", "1.2.3G", "3.8G8", "3.8GG", "25.6MB", "=1+1", "1e999"
      })
  void parse_ofAnythingElse_isRefusedWithExamples(String text) {
    assertThatThrownBy(() -> PrintedNumber.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("such as 3.8G");
  }

  /** PAPER_NUMBERS: ResNet truncates 3.858 to 3.8, ConvNeXt rounds 17.564 to 17.6. */
  @ParameterizedTest
  @CsvSource({
    "3.8G, 3857973248, TRUNCATED",
    "3.9G, 3857973248, ROUNDED",
    "3.7G, 3857973248,",
    "17.5G, 17563828224, TRUNCATED",
    "17.6G, 17563828224, ROUNDED",
    "4.0G, 3857973248,",
    "4089184256, 4089184256, EXACT",
    "4089184256, 4089184257,",
    "4G, 3500000000, ROUNDED",
    "4G, 4999999999, TRUNCATED",
    "4G, 5000000000,",
  })
  void match_ofACount_isHowItIsPrinted(String text, long count, PrintedNumber.Match expected) {
    assertThat(PrintedNumber.parse(text).match(BigDecimal.valueOf(count)).orElse(null))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "3.8G, 3857973248, TRUNCATED, 3.8G",
    "3.9G, 3857973248, ROUNDED, 3.9G",
    "320.24 MMac, 320237288, ROUNDED, 320.24M",
    "4089184256, 4089184256, EXACT, 4089184256",
  })
  void printed_withTheClaimsDigits_isTheClaim(
      String text, long count, PrintedNumber.Match match, String expected) {
    assertThat(PrintedNumber.parse(text).printed(BigDecimal.valueOf(count), match))
        .isEqualTo(expected);
  }
}
