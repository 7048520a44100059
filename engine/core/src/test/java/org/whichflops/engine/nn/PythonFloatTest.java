package org.whichflops.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As Python 3.13 prints them. */
class PythonFloatTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "-2.5, -2.5",
    "0.1, 0.1",
    "1e-5, 1e-05",
    "1.5e-5, 1.5e-05",
    "0.0001, 0.0001",
    "0.00029999999999996696, 0.00029999999999996696",
    "123456789012345680, 1.2345678901234568e+17",
    "1e16, 1e+16",
    "9999999999999998, 9999999999999998.0",
    "1e15, 1000000000000000.0",
    "2e-3, 0.002",
    "0.30000000000000004, 0.30000000000000004",
    "1.0E23, 1e+23",
    "9e-324, 1e-323",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "NaN, nan",
    "Infinity, inf",
    "-Infinity, -inf"
  })
  void repr_isPythons(double x, String python) {
    assertThat(PythonFloat.repr(x)).isEqualTo(python);
  }
}
