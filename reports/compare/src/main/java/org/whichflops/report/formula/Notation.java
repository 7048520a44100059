package org.whichflops.report.formula;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.whichflops.report.table.Mathematics;

/** Polynomials as they are written: for people, in LaTeX, and in a cell of a spreadsheet. */
public final class Notation {
  private Notation() {}

  /** For people: {@code N (382,367/64 H W + 1,280,000)}. */
  public static String text(Polynomial polynomial) {
    return written(polynomial, Notation::number, Notation::textPower, " ", "(", ")");
  }

  /** In LaTeX's mathematics. */
  public static String latex(Polynomial polynomial) {
    return written(
        polynomial, Notation::latexNumber, Notation::latexPower, " ", "\\left(", "\\right)");
  }

  /** As both. */
  public static Mathematics mathematics(Polynomial polynomial) {
    return new Mathematics(text(polynomial), latex(polynomial));
  }

  /** A term without its coefficient: {@code N*H^2}; {@code 1} for the constant. */
  public static String term(Polynomial polynomial, Polynomial.Monomial term) {
    String product = powers(polynomial, term.exponents(), Notation::textPower, "*");
    return product.isEmpty() ? "1" : product;
  }

  /**
   * As a spreadsheet computes it, with the equals sign: whole products first and one division at
   * the end, so that it is exact while they stay below 2<sup>53</sup>.
   *
   * @param cell the cell of each variable
   */
  public static String sheet(Polynomial polynomial, IntFunction<String> cell) {
    BigInteger denominator = polynomial.denominator();
    StringBuilder sum = new StringBuilder();
    for (Polynomial.Monomial term : polynomial.terms()) {
      BigInteger whole = term.coefficient().times(Rational.of(denominator)).whole();
      sum.append(whole.signum() < 0 ? "-" : sum.length() == 0 ? "" : "+").append(whole.abs());
      for (int i = 0; i < term.exponents().size(); i++) {
        int exponent = term.exponents().get(i);
        if (exponent > 0) {
          sum.append('*').append(cell.apply(i)).append(exponent == 1 ? "" : "^" + exponent);
        }
      }
    }
    String text = sum.length() == 0 ? "0" : sum.toString();
    return denominator.equals(BigInteger.ONE) ? "=" + text : "=(" + text + ")/" + denominator;
  }

  /** A fraction in some notation. */
  @FunctionalInterface
  private interface Number {
    String of(Rational positive);
  }

  /** A power in some notation. */
  @FunctionalInterface
  private interface Power {
    String of(String symbol, int exponent);
  }

  /** A variable that every term has stands in front. */
  private static String written(
      Polynomial polynomial, Number number, Power power, String times, String open, String close) {
    List<Integer> common = new ArrayList<>();
    for (int i = 0; i < polynomial.symbols().size(); i++) {
      int variable = i;
      common.add(
          polynomial.terms().stream().mapToInt(t -> t.exponents().get(variable)).min().orElse(0));
    }
    StringBuilder sum = new StringBuilder();
    for (Polynomial.Monomial term : polynomial.terms()) {
      List<Integer> rest = new ArrayList<>();
      for (int i = 0; i < common.size(); i++) {
        rest.add(term.exponents().get(i) - common.get(i));
      }
      boolean negative = term.coefficient().numerator().signum() < 0;
      Rational size = negative ? term.coefficient().negate() : term.coefficient();
      String product = powers(polynomial, rest, power, times);
      sum.append(sum.length() == 0 ? (negative ? "-" : "") : negative ? " - " : " + ");
      sum.append(
          product.isEmpty()
              ? number.of(size)
              : size.equals(Rational.ONE) ? product : number.of(size) + times + product);
    }
    String front = powers(polynomial, common, power, times);
    if (sum.length() == 0) {
      return "0";
    }
    if (front.isEmpty()) {
      return sum.toString();
    }
    return polynomial.terms().size() == 1 && sum.indexOf(" ") < 0
        ? (sum.toString().equals("1") ? front : sum + times + front)
        : front + times + open + sum + close;
  }

  private static String powers(
      Polynomial polynomial, List<Integer> exponents, Power power, String times) {
    StringBuilder product = new StringBuilder();
    for (int i = 0; i < exponents.size(); i++) {
      if (exponents.get(i) > 0) {
        product.append(product.length() == 0 ? "" : times);
        product.append(power.of(polynomial.symbols().get(i), exponents.get(i)));
      }
    }
    return product.toString();
  }

  private static String textPower(String symbol, int exponent) {
    return exponent == 1 ? symbol : symbol + "^" + exponent;
  }

  private static String latexPower(String symbol, int exponent) {
    return exponent == 1 ? symbol : symbol + "^{" + exponent + "}";
  }

  private static String number(Rational number) {
    String whole = String.format(Locale.ROOT, "%,d", number.numerator());
    return number.denominator().equals(BigInteger.ONE)
        ? whole
        : whole + "/" + String.format(Locale.ROOT, "%,d", number.denominator());
  }

  private static String latexNumber(Rational number) {
    return number.denominator().equals(BigInteger.ONE)
        ? number.numerator().toString()
        : "\\tfrac{%d}{%d}".formatted(number.numerator(), number.denominator());
  }
}
