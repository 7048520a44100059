package org.whichflops.engine.tensor;

/**
 * One part of a subscript: {@code x[..., 1:, None]} is {@code x.get(REST, from(1), NEW)}.
 *
 * @param kind what becomes of the dimension
 * @param from the first position, or the only one; negative from the end
 * @param to the position after the last; negative from the end
 * @param step the distance between positions
 */
public record Index(Kind kind, long from, long to, long step) {
  /** What a part of a subscript does. */
  public enum Kind {
    /** Keeps some positions of a dimension. */
    RANGE,
    /** Takes one position; the dimension goes away. */
    POSITION,
    /** Adds a dimension of size 1. */
    NEW,
    /** Keeps as many whole dimensions as the other parts leave. */
    REST
  }

  /** {@code :}. */
  public static final Index ALL = range(0, Long.MAX_VALUE);

  /** {@code None}. */
  public static final Index NEW = new Index(Kind.NEW, 0, 0, 1);

  /** {@code ...}. */
  public static final Index REST = new Index(Kind.REST, 0, 0, 1);

  /** {@code i}. */
  public static Index at(long i) {
    return new Index(Kind.POSITION, i, 0, 1);
  }

  /** {@code i:}. */
  public static Index from(long i) {
    return range(i, Long.MAX_VALUE);
  }

  /** {@code i:j}. */
  public static Index range(long i, long j) {
    return new Index(Kind.RANGE, i, j, 1);
  }

  /** {@code i::step}. */
  public static Index every(long i, long step) {
    return new Index(Kind.RANGE, i, Long.MAX_VALUE, step);
  }

  /** Whether it keeps all of a dimension, whatever its size. */
  boolean isAll() {
    return kind == Kind.RANGE && from == 0 && to == Long.MAX_VALUE && step == 1;
  }

  /** The number of positions kept of so many. */
  long sizeOf(long size) {
    long first = position(from, size);
    long last = Math.max(first, position(to, size));
    return (last - first + step - 1) / step;
  }

  private static long position(long i, long size) {
    return Math.min(size, Math.max(0, i < 0 ? i + size : i));
  }
}
