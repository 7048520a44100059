package org.whichflops.engine.tensor;

import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A size that depends on the input: one of the input's own, or what a function makes of another.
 */
final class Symbol {
  private final int id;
  private final @Nullable Symbol of;
  private final LongUnaryOperator rule;
  private long value;

  /**
   * A symbol.
   *
   * @param id its place among all of a pass, after the one it is made of
   * @param of what it is made of; null for a size of the input
   */
  Symbol(int id, @Nullable Symbol of, LongUnaryOperator rule) {
    this.id = id;
    this.of = of;
    this.rule = rule;
  }

  int id() {
    return id;
  }

  /** The size for the input that was taken last. */
  long value() {
    return value;
  }

  /** Takes a size of the input. */
  void take(long size) {
    value = size;
  }

  /** Works out what it is of the other; false where that is no size, below 1. */
  boolean update() {
    if (of != null) {
      value = rule.applyAsLong(of.value);
    }
    return value >= 1;
  }
}
