package org.whichflops.engine.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExprTest {
  /** Sizes are 10 and their dimension, a tensor has 100 elements, every attribute is 3. */
  private static final Quantities CALL =
      new Quantities() {
        @Override
        public long size(Role role, int dim) {
          return 10 + dim;
        }

        @Override
        public long numel(Role role) {
          return 100;
        }

        @Override
        public long spatial(Role role) {
          return 25;
        }

        @Override
        public long attribute(Attribute attribute) {
          return 3;
        }
      };

  static LongStream seeds() {
    return new SplittableRandom(20260107).longs(500);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void parse_readsBackWhatTextWrites(long seed) {
    Expr expr = new RandomExpr(seed).next();
    assertThat(Expr.parse(expr.text())).isEqualTo(expr);
  }

  /** Exact, or an ArithmeticException: as unbounded integers say, at every step. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void value_isExactOrRefused(long seed) {
    Expr expr = new RandomExpr(seed).next();
    Optional<BigInteger> expected = unbounded(expr);
    if (expected.isPresent()) {
      assertThat(expr.value(CALL)).as(expr.text()).isEqualTo(expected.get().longValueExact());
    } else {
      assertThatExceptionOfType(ArithmeticException.class)
          .as(expr.text())
          .isThrownBy(() -> expr.value(CALL));
    }
  }

  private static Optional<BigInteger> unbounded(Expr expr) {
    try {
      return Optional.of(exact(expr));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static BigInteger exact(Expr expr) {
    BigInteger value;
    if (expr instanceof Sum e) {
      value = exact(e.left()).add(exact(e.right()));
    } else if (expr instanceof Difference e) {
      value = exact(e.left()).subtract(exact(e.right()));
    } else if (expr instanceof Product e) {
      value = exact(e.left()).multiply(exact(e.right()));
    } else if (expr instanceof Negative e) {
      value = exact(e.inner()).negate();
    } else if (expr instanceof FloorQuotient e) {
      value = floor(exact(e.left()), exact(e.right()));
    } else if (expr instanceof Power e) {
      value = power(exact(e.base()), exact(e.exponent()));
    } else if (expr instanceof Truncated e) {
      value = truncated(e.inner().real(CALL));
    } else {
      value = BigInteger.valueOf(expr.value(CALL));
    }
    return BigInteger.valueOf(value.longValueExact());
  }

  private static BigInteger floor(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    boolean down = parts[1].signum() != 0 && parts[1].signum() != divisor.signum();
    return down ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  private static BigInteger power(BigInteger base, BigInteger exponent) {
    if (base.abs().compareTo(BigInteger.ONE) <= 0 && exponent.signum() > 0) {
      return base.pow(exponent.testBit(0) ? 1 : 2);
    }
    return base.pow(Math.min(64, exponent.intValueExact()));
  }

  /** Python's int(float). */
  private static BigInteger truncated(double real) {
    if (Double.isNaN(real) || Double.isInfinite(real)) {
      throw new ArithmeticException();
    }
    return new BigDecimal(real).toBigInteger();
  }

  @ParameterizedTest
  @CsvSource({
    "2 + 3 * 4, 14",
    "(2 + 3) * 4, 20",
    "10 - 3 - 2, 5",
    "10 - (3 - 2), 9",
    "7 // 2 * 2, 6",
    "7 // (2 * 2), 1",
    "2 * 7 // 2, 7",
    "2 * 3^2, 18",
    "(2 * 3)^2, 36",
    "2^(1 + 2), 8",
    "-2^2, -4",
    "(-2)^2, 4",
    "-2 * 3 + 10, 4",
    "-(2 + 3), -5",
    "5 - (-2), 7",
    "0^0, 1",
    "1^9223372036854775807, 1",
    "2^62, 4611686018427387904",
  })
  void value_bindsAsPythonDoes(String text, long value) {
    assertThat(Expr.parse(text).value(CALL)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "7 // 2, 3",
    "(-7) // 2, -4",
    "-7 // 2, -3",
    "7 // (-2), -4",
    "trunc(7 / 2), 3",
    "trunc(-7 / 2), -3",
    "trunc(1 / 3 * 3), 1",
    "trunc(2 * (7 / 2)), 7",
  })
  void value_floorsAndTruncates(String text, long value) {
    assertThat(Expr.parse(text).value(CALL)).isEqualTo(value);
  }

  /** 2^53 + 1 has no double: a tool that divides it loses the 1. */
  @Test
  void value_truncComputesInDoubles() {
    assertThat(Expr.parse("trunc(9007199254740993 / 1)").value(CALL)).isEqualTo(9007199254740992L);
    assertThat(Expr.parse("9007199254740993 // 1").value(CALL)).isEqualTo(9007199254740993L);
  }

  @ParameterizedTest
  @CsvSource({
    "x[1], 11",
    "x[-1], 9",
    "numel(y), 100",
    "spatial(w), 25",
    "g, 3",
    "numel(y) * (x[1] // g) * K, 900",
  })
  void value_asksTheCall(String text, long value) {
    assertThat(Expr.parse(text).value(CALL)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9223372036854775807 + 1",
        "-9223372036854775807 - 2",
        "4611686018427387904 * 2",
        "2^63",
        "3^40",
        "(-9223372036854775807 - 1) // (-1)",
        "-(-9223372036854775807 - 1)",
        "trunc(9223372036854775807 / 1)",
        "trunc(1 / 0)",
        "trunc(0 / 0)",
        "1 // 0",
        "2^(-1)",
      })
  void value_refusesWhatDoesNotFit(String text) {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> Expr.parse(text).value(CALL));
  }

  @Test
  void value_ofTheSmallestNumber() {
    assertThat(Expr.parse("(-2)^63").value(CALL)).isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``, 1, is missing",
        "`   `, 4, is missing",
        "2 +, 4, is missing",
        "2 * * 3, 5, expected",
        "2 3, 3, unexpected '3'",
        "2^3^4, 4, unexpected '^'",
        "2 - -3, 5, expected",
        "(2 + 3, 7, ')' was expected",
        "2 + 3), 6, unexpected ')'",
        "numel(x, 8, ')' was expected",
        "numel x, 7, '(' was expected",
        "numel(z), 7, 'z' is no tensor",
        "x, 2, '[' was expected",
        "x[1, 4, ']' was expected",
        "x[65], 3, no dimension 65",
        "x[a], 3, whole number",
        "2 + kernel, 5, unknown quantity 'kernel'",
        "2 / 3, 3, stands inside trunc",
        "trunc(2 / 3) / 2, 14, stands inside trunc",
        "2 + 9223372036854775808, 5, below 2^63",
        "2 + 99999999999999999999999, 5, below 2^63",
        "2 ? 3, 3, unexpected '?'",
        "٣, 1, whole number",
      })
  void parse_saysWhereItStopped(String text, int column, String reason) {
    assertThatExceptionOfType(FormulaSyntaxException.class)
        .isThrownBy(() -> Expr.parse(text))
        .withMessageContaining("column " + column)
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e.column()).isEqualTo(column));
  }

  @Test
  void parse_listsWhatIsKnown() {
    assertThatExceptionOfType(FormulaSyntaxException.class)
        .isThrownBy(() -> Expr.parse("C"))
        .withMessageContainingAll("numel(x)", "C_in", "trunc()");
  }

  @Test
  void parse_nestsAHundredDeep() {
    String deep = "(".repeat(99) + "1" + ")".repeat(99);
    assertThat(Expr.parse(deep).value(CALL)).isEqualTo(1);
    assertThatExceptionOfType(FormulaSyntaxException.class)
        .isThrownBy(() -> Expr.parse("(" + deep + ")"))
        .withMessageContaining("nested deeper than 100")
        .satisfies(e -> assertThat(e.column()).isEqualTo(101));
  }

  @Test
  void text_writesNegativeNumbersAsNegatives() {
    Expr square = new Power(new Constant(-3), new Constant(2));
    assertThat(square.text()).isEqualTo("(-3)^2");
    assertThat(Expr.parse(square.text()).value(CALL)).isEqualTo(square.value(CALL)).isEqualTo(9);
  }

  @Test
  void text_hasNoNeedlessParentheses() {
    String text = "numel(y) * (x[1] // g) * K - 2^(1 + bias) + trunc(numel(x) / 3)";
    assertThat(Expr.parse(" ( " + text.replace(" ", "  ") + ") ").text()).isEqualTo(text);
  }
}
