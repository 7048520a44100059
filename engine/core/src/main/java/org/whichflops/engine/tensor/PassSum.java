package org.whichflops.engine.tensor;

import java.util.List;

/**
 * The sum over several groups of calls, each added a number of times. The same for all who add the
 * same, as versions of one tool do.
 */
public final class PassSum {
  /** A slope that is not known. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final ForwardPass pass;
  private final Multiple[] multiples;
  private long value;
  private int valueOf = Column.NEVER;
  private int keptOf = Column.NEVER;
  private Course course = Course.OTHER;
  private int courseOf = Column.NEVER;
  private long slope;
  private int slopeOf = Column.NEVER;

  PassSum(ForwardPass pass, List<Multiple> multiples) {
    this.pass = pass;
    this.multiples = multiples.toArray(Multiple[]::new);
  }

  /**
   * What the calls of a group come to, added a number of times.
   *
   * @param times how often, 1 or more
   */
  public record Multiple(long times, GroupSum sum) {}

  /** Keeps what calls have in this run, for {@link #course}. */
  public void keep() {
    if (keptOf != pass.run()) {
      for (Multiple multiple : multiples) {
        multiple.sum.keep();
      }
      keptOf = pass.run();
    }
  }

  /**
   * How the sum depends on the batch, from the run that was kept and this one, which called the
   * same.
   *
   * @param kept the batch of that run
   * @param now the batch of this one
   */
  public Course course(long kept, long now) {
    if (courseOf != pass.run()) {
      Course all = Course.NOTHING;
      for (Multiple multiple : multiples) {
        all = all.plus(multiple.sum.course(kept, now));
      }
      course = all;
      courseOf = pass.run();
    }
    return course;
  }

  /**
   * How much each image more adds, from one run: where {@link ForwardPass#keepsBatchFirst} holds,
   * and the course was asked for before, at whatever sizes. {@link #UNKNOWN} where one run does not
   * tell.
   *
   * @param batch the batch of this run
   */
  public long slope(long batch) {
    if (slopeOf != pass.run()) {
      slope = sumOfSlopes(batch);
      slopeOf = pass.run();
    }
    return slope;
  }

  private long sumOfSlopes(long batch) {
    long sum = 0;
    for (Multiple multiple : multiples) {
      long one = multiple.sum.slope(batch);
      if (one == UNKNOWN) {
        return UNKNOWN;
      }
      sum = Math.addExact(sum, Math.multiplyExact(multiple.times, one));
    }
    return sum;
  }

  /**
   * The sum for what the pass holds now, exactly.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1, or where a call has no value
   * @throws org.whichflops.engine.formula.UnknownQuantityException where a call lacks a quantity
   */
  public long value() {
    int now = pass.run();
    if (valueOf != now) {
      long exact = 0;
      for (Multiple multiple : multiples) {
        long one = multiple.sum.value();
        exact =
            Math.addExact(
                exact, multiple.times == 1 ? one : Math.multiplyExact(multiple.times, one));
      }
      value = exact;
      valueOf = now;
    }
    return value;
  }
}
