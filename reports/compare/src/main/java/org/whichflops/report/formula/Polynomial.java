package org.whichflops.report.formula;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A polynomial with exact coefficients.
 *
 * @param symbols its variables
 * @param terms highest degree first; none is zero
 */
public record Polynomial(List<String> symbols, List<Monomial> terms) {
  /**
   * A product of powers of the variables with its coefficient.
   *
   * @param exponents of each variable
   * @param coefficient not zero
   */
  public record Monomial(List<Integer> exponents, Rational coefficient) {
    /** Keeps the exponents as they are. */
    public Monomial {
      exponents = List.copyOf(exponents);
    }

    int degree() {
      return exponents.stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Sorts the terms, and leaves out those that are zero. */
  public Polynomial {
    symbols = List.copyOf(symbols);
    List<Monomial> sorted = new ArrayList<>(terms);
    sorted.removeIf(term -> term.coefficient().isZero());
    sorted.sort(
        Comparator.comparingInt(Monomial::degree)
            .thenComparing(Monomial::exponents, Polynomial::compare)
            .reversed());
    terms = List.copyOf(sorted);
  }

  private static int compare(List<Integer> left, List<Integer> right) {
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).equals(right.get(i))) {
        return Integer.compare(left.get(i), right.get(i));
      }
    }
    return 0;
  }

  /** The value where each variable has one. */
  Rational at(List<BigInteger> values) {
    Rational sum = Rational.ZERO;
    for (Monomial term : terms) {
      BigInteger product = BigInteger.ONE;
      for (int i = 0; i < values.size(); i++) {
        product = product.multiply(values.get(i).pow(term.exponents().get(i)));
      }
      sum = sum.plus(term.coefficient().times(Rational.of(product)));
    }
    return sum;
  }

  /** The least number that makes every coefficient whole. */
  BigInteger denominator() {
    BigInteger common = BigInteger.ONE;
    for (Monomial term : terms) {
      BigInteger denominator = term.coefficient().denominator();
      common = common.multiply(denominator).divide(common.gcd(denominator));
    }
    return common;
  }
}
