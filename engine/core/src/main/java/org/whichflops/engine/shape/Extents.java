package org.whichflops.engine.shape;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One small number for each spatial dimension: a kernel, a stride, a padding. Immutable.
 *
 * <p>As in PyTorch a single number stands for all dimensions until it is spread over them.
 */
public final class Extents {
  private static final int MOST_DIMS = 3;
  private static final int LARGEST = 16;

  /** Those that nearly all layers have, by how many numbers there are and the number. */
  private static final Extents[][] COMMON = common();

  private final int[] values;
  private final boolean number;
  private final int least;
  private final int most;

  private Extents(int[] values, boolean number) {
    this.values = values;
    this.number = number;
    int smallest = Integer.MAX_VALUE;
    int largest = Integer.MIN_VALUE;
    for (int value : values) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    this.least = smallest;
    this.most = largest;
  }

  private static Extents[][] common() {
    Extents[][] common = new Extents[1 + MOST_DIMS][1 + LARGEST];
    for (int count = 0; count <= MOST_DIMS; count++) {
      for (int number = 0; number <= LARGEST; number++) {
        common[count][number] = new Extents(spread(number, count), true);
      }
    }
    return common;
  }

  private static int[] spread(int number, int count) {
    int[] values = new int[count];
    Arrays.fill(values, number);
    return values;
  }

  /** One number so many times. */
  private static Extents of(int number, int count) {
    return count <= MOST_DIMS && number >= 0 && number <= LARGEST
        ? COMMON[count][number]
        : new Extents(spread(number, count), true);
  }

  /** One number for every dimension. */
  public static Extents of(int number) {
    return of(number, 1);
  }

  /** One number for every dimension, or one each. */
  public static Extents of(int... values) {
    return values.length == 1 ? of(values[0]) : new Extents(values.clone(), false);
  }

  /**
   * The same with one number a dimension.
   *
   * @throws IllegalArgumentException where there are neither one nor {@code dims} numbers
   */
  public Extents over(int dims) {
    if (values.length == dims) {
      return this;
    }
    if (values.length != 1) {
      throw new IllegalArgumentException(
          "%d numbers are expected, one a dimension, but there are %s".formatted(dims, this));
    }
    return of(values[0], dims);
  }

  /** Whether it was given as one number for every dimension, which Python keeps as an int. */
  public boolean isNumber() {
    return number;
  }

  /** The same as one number each, which Python keeps as a tuple. */
  public Extents each() {
    return number ? new Extents(values, false) : this;
  }

  /** The number for one dimension. */
  public int get(int dim) {
    return values[dim];
  }

  /** How many numbers there are. */
  public int count() {
    return values.length;
  }

  /** The product of all numbers. */
  public long product() {
    long product = 1;
    for (int value : values) {
      product = Math.multiplyExact(product, value);
    }
    return product;
  }

  /** Whether no number is below the bound. */
  public boolean atLeast(int bound) {
    return least >= bound;
  }

  /** Whether no number is above the bound. */
  public boolean atMost(int bound) {
    return most <= bound;
  }

  /** As Python prints what was given: {@code 3}, or {@code (3, 3)}. */
  public String asGiven() {
    return values.length == 1 ? Integer.toString(values[0]) : toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Extents e && Arrays.equals(values, e.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  /** As Python prints a tuple: {@code (3, 3)}, or {@code (3,)}. */
  @Override
  public String toString() {
    String inner =
        Arrays.stream(values).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    return values.length == 1 ? "(" + inner + ",)" : "(" + inner + ")";
  }
}
