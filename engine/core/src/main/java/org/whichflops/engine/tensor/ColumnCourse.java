package org.whichflops.engine.tensor;

import java.util.List;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Difference;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.FloorQuotient;
import org.whichflops.engine.formula.Negative;
import org.whichflops.engine.formula.Numel;
import org.whichflops.engine.formula.Power;
import org.whichflops.engine.formula.Product;
import org.whichflops.engine.formula.Quotient;
import org.whichflops.engine.formula.Size;
import org.whichflops.engine.formula.Spatial;
import org.whichflops.engine.formula.Sum;
import org.whichflops.engine.formula.Truncated;

/**
 * The course of an expression over the batch, from two runs of the same calls at different batches.
 *
 * <p>Sizes of tensors are compared; what is calculated from them follows from that by algebra, so
 * that nothing is taken for a multiple that only happens to be rounded to one.
 */
final class ColumnCourse {
  private final CallGroup group;
  private final long kept;
  private final long now;
  private boolean lookedAtNumbers;

  /**
   * Courses of columns whose values were {@link Column#keep kept} in an earlier run.
   *
   * @param kept the batch of that run
   * @param now the batch of the run that the pass holds
   */
  ColumnCourse(CallGroup group, long kept, long now) {
    this.group = group;
    this.kept = kept;
    this.now = now;
  }

  /** The course of an expression, for all calls of the group. */
  Course of(Expr expr) {
    if (expr instanceof Constant) {
      return Course.CONSTANT;
    }
    if (isRead(expr)) {
      return isRounded(expr) ? Course.OTHER : group.column(expr).compare(kept, now);
    }
    if (expr instanceof Sum || expr instanceof Difference) {
      List<Expr> two = operands(expr);
      return of(two.get(0)).plus(of(two.get(1)));
    }
    if (expr instanceof Negative negative) {
      return of(negative.inner());
    }
    if (expr instanceof Product product) {
      return of(product.left()).times(of(product.right()));
    }
    boolean constant = true;
    for (Expr operand : operands(expr)) {
      constant &= of(operand) == Course.CONSTANT;
    }
    if (constant) {
      return Course.CONSTANT;
    }
    if (expr instanceof FloorQuotient quotient) {
      return quotient(quotient);
    }
    return expr instanceof Truncated truncated ? truncated(truncated.inner()) : Course.OTHER;
  }

  /** Whether more than the courses of what is read decided; then it may be other elsewhere. */
  boolean lookedAtNumbers() {
    return lookedAtNumbers;
  }

  /** a N // b N is a // b; a N // b is a multiple of N where b divides a. */
  private Course quotient(FloorQuotient quotient) {
    Course left = of(quotient.left());
    Course right = of(quotient.right());
    if (left != Course.PROPORTIONAL || (right != left && right != Course.CONSTANT)) {
      return Course.OTHER;
    }
    if (right == left) {
      return Course.CONSTANT;
    }
    lookedAtNumbers = true;
    return group.column(quotient.left()).isDivisible(now, group.column(quotient.right()))
        ? Course.PROPORTIONAL
        : Course.OTHER;
  }

  /** A whole number for each image stays whole; products below 2^53 are exact. */
  private Course truncated(Expr inner) {
    lookedAtNumbers = true;
    return inner instanceof Product product
            && of(product.left()) == Course.CONSTANT
            && group.isWhole(product.left())
            && of(product.right()) == Course.PROPORTIONAL
        ? Course.PROPORTIONAL
        : Course.OTHER;
  }

  /** Whether it is read from a call. */
  static boolean isRead(Expr expr) {
    return expr instanceof Numel
        || expr instanceof Size
        || expr instanceof Spatial
        || expr instanceof Attribute;
  }

  /** What has been rounded before it is read. */
  private static boolean isRounded(Expr expr) {
    return expr == Attribute.EINSUM_PATH
        || expr == Attribute.REQUESTED
        || expr == Attribute.ENLARGED
        || expr == Attribute.ENLARGED_BY_BATCH;
  }

  /** Adds all that an expression reads from a call. */
  static void reads(Expr expr, List<Expr> found) {
    if (isRead(expr)) {
      found.add(expr);
    }
    for (Expr operand : operands(expr)) {
      reads(operand, found);
    }
  }

  private static List<Expr> operands(Expr expr) {
    if (expr instanceof Sum sum) {
      return List.of(sum.left(), sum.right());
    }
    if (expr instanceof Difference difference) {
      return List.of(difference.left(), difference.right());
    }
    if (expr instanceof Product product) {
      return List.of(product.left(), product.right());
    }
    if (expr instanceof FloorQuotient quotient) {
      return List.of(quotient.left(), quotient.right());
    }
    if (expr instanceof Quotient quotient) {
      return List.of(quotient.left(), quotient.right());
    }
    if (expr instanceof Power power) {
      return List.of(power.base(), power.exponent());
    }
    if (expr instanceof Negative negative) {
      return List.of(negative.inner());
    }
    return expr instanceof Truncated truncated ? List.of(truncated.inner()) : List.of();
  }
}
