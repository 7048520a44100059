package org.whichflops.report.compare;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Course;
import org.whichflops.engine.tensor.PassSum;

/**
 * What a network counts at one resolution, for any batch: under a convention a number and as much
 * again for each image more, or the same failure. Two counts make it; {@link BatchLaws} says where
 * it is to be trusted.
 */
final class BatchLaw {
  /** Well below 2<sup>53</sup>, where tools that add in floating point begin to round. */
  private static final double EXACT = 0x1p52;

  private final Point first;
  private final long[] slopes;
  private final long[] parameters;

  /** The conventions that have one. */
  private final boolean[] lawful;

  private final long reach;

  private BatchLaw(Point first, long[] slopes, boolean[] lawful) {
    this.first = first;
    this.slopes = slopes;
    this.lawful = lawful;
    reach = reach(first, slopes, lawful);
    parameters = new long[slopes.length];
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = first.statedParameters(i);
    }
  }

  /**
   * The straight lines through two points at other batches, where counts lie on them; a convention
   * that fails at both in the same way fails so at any batch.
   *
   * @param first what the second point was before, and {@link Point#keep kept}
   */
  static BatchLaw through(Point first, Point second) {
    int n = first.conventions().size();
    long[] slopes = new long[n];
    boolean[] lawful = new boolean[n];
    long step = second.batch() - first.batch();
    for (int i = 0; i < n; i++) {
      boolean fails = first.value(i) == Point.NONE;
      long difference = fails ? 0 : second.value(i) - first.value(i); // counts are 0 or more
      slopes[i] = difference / step;
      lawful[i] =
          fails == (second.value(i) == Point.NONE)
              && difference % step == 0
              && (fails || second.course(i, first.batch()) != Course.OTHER)
              && Objects.equals(first.note(i), second.note(i))
              && first.statedParameters(i) == second.statedParameters(i);
    }
    return new BatchLaw(first, slopes, lawful);
  }

  /**
   * The lines through one point, where it is known how counts depend on the batch; null where that
   * takes a second.
   *
   * @param point counted where {@link Point#keepsBatchFirst}, after a law was {@link #through
   *     found} for the same structure
   * @param sought the conventions that a law is sought for
   */
  static @Nullable BatchLaw through(Point point, boolean[] sought) {
    long[] slopes = new long[sought.length];
    for (int i = 0; i < slopes.length; i++) {
      if (!sought[i]) {
        continue;
      }
      if (point.value(i) == Point.NONE) {
        return null;
      }
      slopes[i] = point.slope(i);
      if (slopes[i] == PassSum.UNKNOWN) {
        return null;
      }
    }
    return new BatchLaw(point.copy(), slopes, sought);
  }

  /** The same for the conventions that are also among others. */
  BatchLaw only(boolean[] others) {
    boolean[] both = lawful.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= others[i];
    }
    return new BatchLaw(first, slopes, both);
  }

  /** Which conventions, of those that have one, count so at a point. */
  boolean[] holdsAt(Point point) {
    boolean[] holds = lawful.clone();
    for (int i = 0; i < holds.length; i++) {
      holds[i] &=
          fits(i, point.batch())
              && point.value(i) == value(i, point.batch())
              && point.statedParameters(i) == parameters[i]
              && Objects.equals(point.note(i), note(i));
    }
    return holds;
  }

  /** The conventions that have one; not to be changed. */
  boolean[] lawful() {
    return lawful;
  }

  /** Whether a convention has one, and its count is one that no tool rounds. */
  boolean says(int convention, long batch) {
    return lawful[convention] && fits(convention, batch);
  }

  /** Whether every convention has one, and no count is one that a tool rounds. */
  boolean saysAll(long batch) {
    return Math.abs(batch - first.batch()) <= reach;
  }

  /** How far from the first batch all conventions have counts that no tool rounds; -1 for none. */
  private static long reach(Point first, long[] slopes, boolean[] lawful) {
    double reach = EXACT;
    for (int i = 0; i < slopes.length; i++) {
      if (!lawful[i]) {
        return -1;
      }
      if (first.value(i) != Point.NONE) {
        reach = Math.min(reach, (EXACT - 1 - first.value(i)) / Math.max(1, Math.abs(slopes[i])));
      }
    }
    return (long) Math.floor(reach);
  }

  private boolean fits(int convention, long batch) {
    double value = slopes[convention] * (double) (batch - first.batch());
    return first.value(convention) == Point.NONE
        || Math.abs(value) + first.value(convention) < EXACT;
  }

  /** The count of a convention, {@link Point#NONE} where it has none. */
  long value(int convention, long batch) {
    return first.value(convention) == Point.NONE
        ? Point.NONE
        : first.value(convention) + slopes[convention] * (batch - first.batch());
  }

  /** What was counted at the first batch. */
  Point first() {
    return first;
  }

  /** The parameters that a convention states. */
  long parameters(int convention) {
    return parameters[convention];
  }

  /** What the network's source could not tell, or why there is no count; null for neither. */
  @Nullable String note(int convention) {
    return first.note(convention);
  }
}
