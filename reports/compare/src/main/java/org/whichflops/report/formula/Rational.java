package org.whichflops.report.formula;

import java.math.BigInteger;

/**
 * An exact fraction in lowest terms.
 *
 * @param numerator carries the sign
 * @param denominator 1 or more
 */
public record Rational(BigInteger numerator, BigInteger denominator) {
  static final Rational ZERO = of(0);
  static final Rational ONE = of(1);

  /** Reduces the fraction. */
  public Rational {
    if (denominator.signum() == 0) {
      throw new ArithmeticException("a fraction's denominator is 0");
    }
    BigInteger common = numerator.gcd(denominator);
    if (denominator.signum() < 0) {
      common = common.negate();
    }
    numerator = numerator.divide(common);
    denominator = denominator.divide(common);
  }

  static Rational of(long number) {
    return of(BigInteger.valueOf(number));
  }

  static Rational of(BigInteger number) {
    return new Rational(number, BigInteger.ONE);
  }

  Rational plus(Rational other) {
    return new Rational(
        numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
        denominator.multiply(other.denominator));
  }

  Rational times(Rational other) {
    return new Rational(
        numerator.multiply(other.numerator), denominator.multiply(other.denominator));
  }

  Rational negate() {
    return new Rational(numerator.negate(), denominator);
  }

  Rational inverse() {
    return new Rational(denominator, numerator);
  }

  boolean isZero() {
    return numerator.signum() == 0;
  }

  /** The whole number that this is. */
  BigInteger whole() {
    if (!denominator.equals(BigInteger.ONE)) {
      throw new ArithmeticException(this + " is no whole number");
    }
    return numerator;
  }

  /** {@code 3} or {@code 3/4}. */
  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.toString()
        : numerator + "/" + denominator;
  }
}
