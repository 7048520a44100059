package org.whichflops.report.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The polynomial through values on a grid, by exact arithmetic. */
final class Interpolation {
  private Interpolation() {}

  /** The value at a point of the grid. */
  @FunctionalInterface
  interface Value {
    /** The value where each variable has one of its points. */
    Rational at(long[] point);
  }

  /**
   * The polynomial, of a degree below the number of points in each variable, that has given values.
   *
   * @param points the points of each variable, all different
   */
  static Polynomial through(List<String> symbols, List<long[]> points, Value value) {
    int size = 1;
    for (long[] each : points) {
      size = Math.multiplyExact(size, each.length);
    }
    Rational[] grid = new Rational[size];
    for (int i = 0; i < size; i++) {
      int[] index = index(i, points);
      long[] point = new long[index.length];
      for (int d = 0; d < index.length; d++) {
        point[d] = points.get(d)[index[d]];
      }
      grid[i] = value.at(point);
    }
    int stride = size;
    for (long[] each : points) {
      stride /= each.length;
      coefficientsAlong(grid, each, stride);
    }
    List<Polynomial.Monomial> terms = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      List<Integer> exponents = Arrays.stream(index(i, points)).boxed().toList();
      terms.add(new Polynomial.Monomial(exponents, grid[i]));
    }
    return new Polynomial(symbols, terms);
  }

  private static int[] index(int flat, List<long[]> points) {
    int[] index = new int[points.size()];
    int rest = flat;
    for (int d = points.size() - 1; d >= 0; d--) {
      index[d] = rest % points.get(d).length;
      rest /= points.get(d).length;
    }
    return index;
  }

  /** Turns the values along one variable into coefficients of its powers. */
  private static void coefficientsAlong(Rational[] grid, long[] points, int stride) {
    Rational[][] basis = lagrange(points);
    int block = stride * points.length;
    for (int start = 0; start < grid.length; start++) {
      if (start % block >= stride) {
        continue;
      }
      Rational[] powers = new Rational[points.length];
      Arrays.fill(powers, Rational.ZERO);
      for (int k = 0; k < points.length; k++) {
        for (int power = 0; power < points.length; power++) {
          powers[power] = powers[power].plus(grid[start + k * stride].times(basis[k][power]));
        }
      }
      for (int k = 0; k < points.length; k++) {
        grid[start + k * stride] = powers[k];
      }
    }
  }

  /** The coefficients of the polynomials that are 1 at one of the points and 0 at the others. */
  private static Rational[][] lagrange(long[] points) {
    Rational[][] basis = new Rational[points.length][];
    for (int k = 0; k < points.length; k++) {
      Rational[] product = new Rational[points.length];
      Arrays.fill(product, Rational.ZERO);
      product[0] = Rational.ONE;
      Rational scale = Rational.ONE;
      int degree = 0;
      for (int other = 0; other < points.length; other++) {
        if (other == k) {
          continue;
        }
        Rational root = Rational.of(points[other]);
        degree++;
        for (int power = degree; power >= 0; power--) {
          Rational shifted = power == 0 ? Rational.ZERO : product[power - 1];
          product[power] = shifted.plus(product[power].times(root).negate());
        }
        scale = scale.times(Rational.of(points[k] - points[other]));
      }
      for (int power = 0; power < points.length; power++) {
        product[power] = product[power].times(scale.inverse());
      }
      basis[k] = product;
    }
    return basis;
  }
}
