package org.whichflops.format.pt2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Values as Python's whole numbers have them: divisions round down, remainders are not negative.
 */
class SizeParserTest {
  /** The value where s0 is 7 and s1 is 226. */
  private static long value(String text) {
    Symbols symbols = new Symbols();
    symbols.named("s0");
    symbols.named("s1");
    return Objects.requireNonNull(SizeParser.parse(text, symbols), text).at(new long[] {7, 226});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // torch 2.6 and newer: sympy's srepr
        "Integer(-3)                                                        | -3",
        "Symbol('s0', positive=True, integer=True)                          | 7",
        "Symbol('s1', integer=True)                                         | 226",
        "Mul(Integer(32), Symbol('s0', positive=True, integer=True))        | 224",
        "Add(Symbol('s0'), Integer(1), Symbol('s1'))                        | 234",
        "FloorDiv(Add(Symbol('s1', positive=True), Integer(-1)), Integer(2)) | 112",
        "FloorDiv(Integer(-7), Integer(2))                                  | -4",
        "Mod(Integer(-7), Integer(3))                                       | 2",
        "Pow(Symbol('s0'), Integer(2))                                      | 49",
        "Mul(Rational(1, 2), Symbol('s1'))                                  | 113",
        "Mul(Symbol('s1'), Pow(Integer(2), Integer(-1)))                    | 113",
        "floor(Mul(Rational(1, 2), Symbol('s0')))                           | 3",
        "CeilToInt(IntTrueDiv(Symbol('s0'), Integer(2)))                    | 4",
        "Max(Integer(1), Symbol('s0'))                                      | 7",
        "Min(Integer(1), Symbol('s0'))                                      | 1",
        // before: Python's own
        "s0*((s1 - 1)//16 + 1)                                              | 105",
        "Mod(s0, 2)                                                         | 1",
        "s0**2 - -s1                                                        | 275",
        "(s0 + 1)/2                                                         | 4",
        "s1 % 4                                                             | 2",
        "-s0//2                                                             | -4",
      })
  void expression_hasPythonsValue(String text, long expected) {
    assertThat(value(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s0 +",
        "Add(",
        "Where(s0, 1, 2)",
        "Symbol('s0",
        "99999999999999999999",
        "s0)",
        "Pow(2, s0)",
        "FloorDiv(s0)",
        "1 // 0"
      })
  void whatIsNoKnownExpression_isNotUnderstood(String text) {
    assertThat(SizeParser.parse(text, new Symbols())).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "-", "Add("})
  void nesting_withoutEnd_isNotUnderstood(String opening) {
    assertThat(SizeParser.parse(opening.repeat(1_000_000), new Symbols())).isNull();
  }

  @Test
  void quotient_thatLeavesARemainder_isAnError() {
    assertThatThrownBy(() -> value("Mul(Rational(1, 2), Symbol('s0'))"))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("7 / 2");
  }
}
