package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sum of products of symbols, each with a factor. Immutable; equal ones look alike. */
final class Polynomial {
  /** In the order of their ids. */
  private final Monomial[] monomials;

  /** None is 0. */
  private final long[] factors;

  private Polynomial(Monomial[] monomials, long[] factors) {
    this.monomials = monomials;
    this.factors = factors;
  }

  static Polynomial of(long factor, Monomial monomial) {
    return factor == 0
        ? new Polynomial(new Monomial[0], new long[0])
        : new Polynomial(new Monomial[] {monomial}, new long[] {factor});
  }

  /** Adds up polynomials. */
  static final class Sum {
    private Monomial[] monomials = new Monomial[8];
    private long[] factors = new long[8];
    private int size;

    /**
     * Adds a multiple.
     *
     * @throws ArithmeticException where a factor passes 2<sup>63</sup> - 1
     */
    void add(long times, Polynomial polynomial) {
      for (int i = 0; i < polynomial.monomials.length; i++) {
        add(Math.multiplyExact(times, polynomial.factors[i]), polynomial.monomials[i]);
      }
    }

    void add(long factor, Monomial monomial) {
      int at = 0;
      while (at < size && monomials[at] != monomial) {
        at++;
      }
      if (at == size) {
        if (size == monomials.length) {
          monomials = Arrays.copyOf(monomials, 2 * size);
          factors = Arrays.copyOf(factors, 2 * size);
        }
        monomials[size] = monomial;
        factors[size++] = 0;
      }
      factors[at] = Math.addExact(factors[at], factor);
    }

    Polynomial total() {
      for (int i = 1; i < size; i++) { // few, and mostly in order
        for (int k = i; k > 0 && monomials[k - 1].id() > monomials[k].id(); k--) {
          swap(k - 1, k);
        }
      }
      int kept = 0;
      for (int i = 0; i < size; i++) {
        if (factors[i] != 0) {
          swap(kept++, i);
        }
      }
      return new Polynomial(Arrays.copyOf(monomials, kept), Arrays.copyOf(factors, kept));
    }

    private void swap(int i, int k) {
      Monomial monomial = monomials[i];
      monomials[i] = monomials[k];
      monomials[k] = monomial;
      long factor = factors[i];
      factors[i] = factors[k];
      factors[k] = factor;
    }
  }

  Polynomial plus(long times, Polynomial other) {
    Sum sum = new Sum();
    sum.add(1, this);
    sum.add(times, other);
    return sum.total();
  }

  Polynomial times(Polynomial other) {
    if (monomials.length == 1 && other.monomials.length == 1) {
      return of(
          Math.multiplyExact(factors[0], other.factors[0]), monomials[0].times(other.monomials[0]));
    }
    Sum sum = new Sum();
    for (int i = 0; i < monomials.length; i++) {
      for (int k = 0; k < other.monomials.length; k++) {
        sum.add(
            Math.multiplyExact(factors[i], other.factors[k]),
            monomials[i].times(other.monomials[k]));
      }
    }
    return sum.total();
  }

  /** The quotient by a single product, where that divides every part; else null. */
  @Nullable Polynomial dividedBy(Polynomial other) {
    if (other.monomials.length != 1) {
      return null;
    }
    Polynomial.Sum sum = new Sum();
    for (int i = 0; i < monomials.length; i++) {
      Monomial quotient = monomials[i].without(other.monomials[0].factors());
      if (quotient == null || factors[i] % other.factors[0] != 0) {
        return null;
      }
      sum.add(factors[i] / other.factors[0], quotient);
    }
    return sum.total();
  }

  /** Whether it is a number times one product, or 0. */
  boolean isProduct() {
    return monomials.length <= 1;
  }

  /** The number of a {@linkplain #isProduct product}. */
  long factor() {
    return monomials.length == 0 ? 0 : factors[0];
  }

  /** The product of symbols of a {@linkplain #isProduct product} that is not 0. */
  Monomial monomial() {
    return monomials[0];
  }

  boolean isConstant() {
    return monomials.length == 0 || (monomials.length == 1 && monomials[0].isOne());
  }

  boolean isConstant(long number) {
    return isConstant() && constant() == number;
  }

  /** The number that a constant is. */
  long constant() {
    return factor();
  }

  /** The symbol that this is and nothing else, or null. */
  @Nullable Symbol symbol() {
    return monomials.length == 1 && factors[0] == 1 && monomials[0].factors().size() == 1
        ? monomials[0].factors().get(0)
        : null;
  }

  /** How it depends on a symbol. */
  Course course(Symbol symbol) {
    Course course = Course.NOTHING;
    for (Monomial monomial : monomials) {
      course =
          course.plus(
              switch (monomial.degree(symbol)) {
                case 0 -> Course.CONSTANT;
                case 1 -> Course.PROPORTIONAL;
                default -> Course.OTHER;
              });
    }
    return course;
  }

  /** What there is of it for each unit of a symbol that it is linear in. */
  Polynomial each(Symbol symbol) {
    Sum sum = new Sum();
    for (int i = 0; i < monomials.length; i++) {
      Monomial one = monomials[i].without(symbol);
      if (one != null) {
        sum.add(factors[i], one);
      }
    }
    return sum.total();
  }

  /**
   * The value for the input that was taken last.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1
   */
  long value() {
    long sum = 0;
    for (int i = 0; i < monomials.length; i++) {
      sum = Math.addExact(sum, Math.multiplyExact(factors[i], monomials[i].value()));
    }
    return sum;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Polynomial polynomial
        && Arrays.equals(monomials, polynomial.monomials)
        && Arrays.equals(factors, polynomial.factors);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(monomials) + Arrays.hashCode(factors);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < monomials.length; i++) {
      StringBuilder part = new StringBuilder().append(factors[i]);
      monomials[i].factors().forEach(symbol -> part.append(" * s").append(symbol.id()));
      parts.add(part.toString());
    }
    return parts.isEmpty() ? "0" : String.join(" + ", parts);
  }
}
