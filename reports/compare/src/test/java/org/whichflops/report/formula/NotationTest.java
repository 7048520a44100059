package org.whichflops.report.formula;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class NotationTest {
  private static Polynomial.Monomial term(long numerator, long denominator, Integer... exponents) {
    Rational coefficient =
        new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    return new Polynomial.Monomial(List.of(exponents), coefficient);
  }

  private static Polynomial of(Polynomial.Monomial... terms) {
    return new Polynomial(List.of("N", "H"), List.of(terms));
  }

  @Test
  void polynomial_isWrittenThreeWays() {
    Polynomial polynomial = of(term(-1280, 1, 1, 0), term(6, 8, 1, 2), term(1, 1, 1, 1));
    assertThat(Notation.text(polynomial)).isEqualTo("N (3/4 H^2 + H - 1,280)");
    assertThat(Notation.latex(polynomial))
        .isEqualTo("N \\left(\\tfrac{3}{4} H^{2} + H - 1280\\right)");
    assertThat(Notation.sheet(polynomial, i -> List.of("A2", "B2").get(i)))
        .isEqualTo("=(3*A2*B2^2+4*A2*B2-5120*A2)/4");
  }

  @Test
  void oneTerm_needsNoBrackets() {
    assertThat(Notation.text(of(term(5, 1, 1, 0)))).isEqualTo("5 N");
    assertThat(Notation.text(of(term(1, 1, 1, 1)))).isEqualTo("N H");
    assertThat(Notation.text(of(term(-7, 1, 0, 0)))).isEqualTo("-7");
  }

  @Test
  void nothing_isZero() {
    Polynomial nothing = of(term(0, 3, 1, 1));
    assertThat(Notation.text(nothing)).isEqualTo("0");
    assertThat(Notation.sheet(nothing, i -> "A2")).isEqualTo("=0");
  }
}
