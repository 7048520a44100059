package org.whichflops.convention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against what Python 3.13 prints. */
class PythonTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0", "999|999", "1000|1,000", "61100840|61,100,840", "-1234567|-1,234,567"})
  void grouped(long number, String text) {
    assertThat(PythonText.grouped(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.125, 2, 0.12",
    "0.375, 2, 0.38",
    "2.675, 2, 2.67",
    "714.6824, 2, 714.68",
    "0, 3, 0.000"
  })
  void fixed(double number, int decimals, String text) {
    assertThat(PythonText.fixed(number, decimals)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"714.6824|714.68", "123456.789|123,456.79", "-1234.5|-1,234.50", "999.999|1,000.00"})
  void groupedFixed(double number, String text) {
    assertThat(PythonText.groupedFixed(number, 2)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "714206912, 714206912.0",
    "9999999999999998, 9999999999999998.0",
    "10000000000000000, 1e+16",
    "12345678901234567, 1.2345678901234568e+16",
    "9223372036854775807, 9.223372036854776e+18"
  })
  void repr(double number, String text) {
    assertThat(PythonText.repr(number)).isEqualTo(text);
  }

  @Test
  void name_keepsWhatIsHarmless() {
    assertThat(PythonText.name("features.0.conv")).isEqualTo("features.0.conv");
    assertThat(PythonText.name("a\033[2J\tb")).isEqualTo("a\uFFFD[2J\uFFFDb");
  }
}
