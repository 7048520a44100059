package org.whichflops.engine.tensor;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Difference;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.FloorQuotient;
import org.whichflops.engine.formula.Product;
import org.whichflops.engine.formula.Sum;

/**
 * What an expression comes to for every call of a group.
 *
 * <p>Sums, differences, products and quotients are of two other columns, and are worked out again
 * only where one of those has changed; anything else is asked of the calls, at most once a run.
 * From one input to the next most columns stay as they are: kernels, channels, the batch.
 */
final class Column {
  static final int NEVER = -1;
  private static final int AT_A_TIME = 1 << 10;
  private static final long[] NONE = {};

  private final ForwardPass pass;
  private final CallGroup group;
  private final Expr expr;
  private final @Nullable Column left;
  private final @Nullable Column right;
  private final long[] values;
  private long[] kept = NONE;
  private int keptOf = NEVER;
  private int keptVersion = NEVER;
  private Course course = Course.OTHER;
  private int comparedAt = NEVER;

  /** Changes whenever the values do. */
  private int version = NEVER;

  /** Whether no tensor takes part, so that only other arguments can change it. */
  private final boolean fixed;

  private int argumentsOf = NEVER;
  private int leftVersion = NEVER;
  private int rightVersion = NEVER;
  private int upToDateAt = NEVER;
  private long sum;
  private int sumOf = NEVER;
  private boolean uniform;
  private int uniformOf = NEVER;

  Column(CallGroup group, Expr expr, @Nullable Column left, @Nullable Column right) {
    this.pass = group.pass();
    this.group = group;
    this.expr = expr;
    this.left = left;
    this.right = right;
    this.fixed =
        (left == null || right == null)
            ? expr instanceof Constant || (expr instanceof Attribute a && a.isFixed())
            : left.fixed && right.fixed;
    this.values = new long[group.size()];
  }

  /** Whether this is the same calculation; columns below are compared by identity. */
  boolean isLike(Column other) {
    return expr.getClass() == other.expr.getClass()
        && left == other.left
        && right == other.right
        && (left != null || expr.equals(other.expr));
  }

  /** The expression. */
  Expr expr() {
    return expr;
  }

  /** Whether no tensor takes part, so that only other arguments can change it. */
  boolean isFixed() {
    return fixed;
  }

  /** Whether every call has been asked, so that none lacks a quantity. */
  boolean hasValues() {
    return version != NEVER;
  }

  /** Whether all calls have the same value. */
  boolean isUniform() {
    update();
    if (uniformOf != version) {
      boolean same = true;
      for (long value : values) {
        same &= value == values[0];
      }
      uniform = same;
      uniformOf = version;
    }
    return uniform;
  }

  /** The value of the first call. */
  long first() {
    update();
    return values[0];
  }

  /**
   * The sum over all calls, exactly.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1, or where a call has no value
   * @throws org.whichflops.engine.formula.UnknownQuantityException where a call lacks a quantity
   */
  long sum() {
    update();
    if (sumOf != version) {
      long exact = 0;
      for (long value : values) {
        exact = Math.addExact(exact, value);
      }
      sum = exact;
      sumOf = version;
    }
    return sum;
  }

  /** Adds a multiple of the value of each call to one element of an array, exactly. */
  void addTo(long factor, long[] sums, int[] places) {
    update();
    for (int i = 0; i < values.length; i++) {
      sums[places[i]] = Math.addExact(sums[places[i]], Math.multiplyExact(factor, values[i]));
    }
  }

  /** Keeps the values of this run, to be {@link #compare compared} with another's. */
  void keep() {
    update();
    if (keptOf != upToDateAt) {
      kept = kept.length == 0 ? values.clone() : kept;
      System.arraycopy(values, 0, kept, 0, values.length);
      keptOf = upToDateAt;
      keptVersion = version;
    }
  }

  /**
   * The course from the run whose values were kept to this one.
   *
   * @param before the batch of that run
   * @param now the batch of this one
   */
  Course compare(long before, long now) {
    update();
    if (comparedAt != upToDateAt) {
      course = fixed || keptVersion == version ? Course.CONSTANT : compared(before, now);
      comparedAt = upToDateAt;
    }
    return course;
  }

  private Course compared(long before, long now) {
    boolean constant = true;
    boolean proportional = true;
    boolean linear = true;
    for (int i = 0; i < values.length; i++) {
      boolean same = values[i] == kept[i];
      boolean multiple =
          Math.multiplyHigh(values[i], before) == Math.multiplyHigh(kept[i], now)
              && values[i] * before == kept[i] * now;
      constant &= same;
      proportional &= multiple;
      linear &= same || multiple;
    }
    return constant
        ? Course.CONSTANT
        : proportional ? Course.PROPORTIONAL : linear ? Course.LINEAR : Course.OTHER;
  }

  /** Whether what there is for each image divides by another column, call by call. */
  boolean isDivisible(long batch, Column divisor) {
    update();
    divisor.update();
    for (int i = 0; i < values.length; i++) {
      if (values[i] % batch != 0 || values[i] / batch % divisor.values[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Brings the values up to what the pass holds now. */
  private void update() {
    int now = pass.run();
    if (upToDateAt == now) {
      return;
    }
    if (left == null || right == null) {
      ask();
    } else {
      left.update();
      right.update();
      if (left.version != leftVersion || right.version != rightVersion) {
        leftVersion = NEVER; // until all is worked out
        calculate(left.values, right.values);
        leftVersion = left.version;
        rightVersion = right.version;
        version++;
      }
    }
    upToDateAt = now;
  }

  /**
   * Asks calls for all that some columns lack, a few calls at a time: a call that is asked for one
   * thing after the other is asked while it is in the processor's caches.
   */
  static void askTogether(Collection<Column> columns) {
    for (Column column : columns) {
      column.group.argumentsChanged(); // has them looked at for this run
    }
    int size = columns.iterator().next().values.length;
    for (int from = 0; from < size; from += AT_A_TIME) {
      int to = Math.min(from + AT_A_TIME, size);
      for (Column column : columns) {
        column.group.fill(column.expr, column.values, from, to);
      }
    }
    for (Column column : columns) {
      column.argumentsOf = column.group.argumentsChanged();
      column.upToDateAt = column.pass.run();
      column.version++;
    }
  }

  /** The columns below this that calls have not been asked for yet, and this one. */
  void unasked(Collection<Column> found) {
    if (left != null && right != null) {
      left.unasked(found);
      right.unasked(found);
    } else if (version == NEVER) {
      found.add(this);
    }
  }

  private void ask() {
    int arguments = group.argumentsChanged();
    if (fixed && argumentsOf == arguments) {
      return;
    }
    boolean changed = true; // also where a call has no answer: what was asked before it is in
    try {
      changed = group.fill(expr, values, 0, values.length) || version == NEVER;
    } finally {
      version += changed ? 1 : 0;
    }
    argumentsOf = arguments;
  }

  private void calculate(long[] a, long[] b) {
    if (expr instanceof Product) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.multiplyExact(a[i], b[i]);
      }
    } else if (expr instanceof Sum) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.addExact(a[i], b[i]);
      }
    } else if (expr instanceof Difference) {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.subtractExact(a[i], b[i]);
      }
    } else if (expr instanceof FloorQuotient) {
      for (int i = 0; i < values.length; i++) {
        values[i] = FloorQuotient.of(a[i], b[i]);
      }
    } else {
      throw new AssertionError(expr);
    }
  }
}
