package org.whichflops.engine.tensor;

import java.util.function.Consumer;

/**
 * A machine that computes nothing and counts what it is told to compute.
 *
 * <p>Tests write an operator's direct algorithm as nested loops over it, and expect the operator's
 * formula to give the same numbers.
 */
final class Loops {
  private long multiplies;
  private long adds;
  private long divides;
  private long compares;
  private long specials;

  /** What was executed so far. */
  Work work() {
    return new Work(multiplies, adds, divides, compares, specials);
  }

  void multiply() {
    multiplies++;
  }

  void add() {
    adds++;
  }

  void divide() {
    divides++;
  }

  void compare() {
    compares++;
  }

  /** A root, exponential, logarithm, error function or hyperbolic tangent. */
  void special() {
    specials++;
  }

  /** 1 / (1 + exp(-x)). */
  void sigmoid() {
    special();
    add();
    divide();
  }

  /** The sum of n numbers that are there already. */
  void sum(long n) {
    Sum sum = new Sum();
    for (long i = 0; i < n; i++) {
      sum.take();
    }
  }

  /** The product of two vectors. */
  void dot(long n) {
    Sum sum = new Sum();
    for (long i = 0; i < n; i++) {
      multiply();
      sum.take();
    }
  }

  /** The largest of n numbers. */
  void maximum(long n) {
    for (long i = 1; i < n; i++) {
      compare();
    }
  }

  /** Softmax of n numbers: the largest is subtracted before the exponential. */
  void softmax(long n) {
    maximum(n);
    for (long i = 0; i < n; i++) {
      add();
      special();
    }
    sum(n);
    for (long i = 0; i < n; i++) {
      divide();
    }
  }

  /** A place that numbers are added to; the first one is put there. */
  final class Sum {
    private boolean empty = true;

    void take() {
      if (!empty) {
        add();
      }
      empty = false;
    }
  }

  /** Every index of a grid of the given sizes, in order; the array is used again. */
  static void each(long[] sizes, Consumer<long[]> body) {
    long count = 1;
    for (long size : sizes) {
      count *= size;
    }
    long[] index = new long[sizes.length];
    for (long n = 0; n < count; n++) {
      body.accept(index);
      for (int i = sizes.length - 1; i >= 0 && ++index[i] == sizes[i]; i--) {
        index[i] = 0;
      }
    }
  }
}
