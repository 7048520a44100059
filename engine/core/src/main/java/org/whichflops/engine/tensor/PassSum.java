package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum over several groups of calls, each added a number of times. The same for all who add the
 * same, as versions of one tool do.
 */
public final class PassSum {
  /** Below, doubles hold every whole number. */
  static final long EXACT = 1L << 53;

  /** A slope that is not known. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final ForwardPass pass;
  private final Multiple[] multiples;
  private long value;
  private int valueOf = Column.NEVER;
  private int keptOf = Column.NEVER;
  private Course course = Course.OTHER;
  private int courseOf = Column.NEVER;
  private @Nullable Polynomial polynomial;
  private @Nullable Symbols polynomialOf;
  private Course inBatch = Course.NOTHING;
  private @Nullable Polynomial each;
  private Multiple[] numeric = {};
  private boolean usesReals;

  PassSum(ForwardPass pass, List<Multiple> multiples) {
    this.pass = pass;
    this.multiples = multiples.toArray(new Multiple[0]);
  }

  /**
   * What the calls of a group come to, added a number of times.
   *
   * @param times how often, 1 or more
   */
  public record Multiple(long times, GroupSum sum) {
    // Written out, as is hashCode: a record's own are put together at run time.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Multiple multiple && times == multiple.times && sum == multiple.sum;
    }

    @Override
    public int hashCode() {
      return 31 * Long.hashCode(times) + sum.hashCode();
    }
  }

  /** Finds out what is known for whatever input; the rest is left to {@link #numeric}. */
  private Polynomial known() {
    Symbols symbols = pass.symbols();
    Polynomial known = polynomial;
    if (known == null || symbols != polynomialOf) {
      polynomialOf = symbols;
      known = sumOfPolynomials();
      polynomial = known;
      inBatch = symbols == null ? Course.NOTHING : known.course(symbols.batch());
      each = symbols == null ? known : known.each(symbols.batch());
    }
    return known;
  }

  private Polynomial sumOfPolynomials() {
    Polynomial.Sum sum = new Polynomial.Sum();
    List<Multiple> others = new ArrayList<>();
    usesReals = false;
    try {
      for (Multiple multiple : multiples) {
        Polynomial one = multiple.sum.polynomial();
        if (one == null) {
          others.add(multiple);
        } else {
          sum.add(multiple.times, one);
          usesReals |= multiple.sum.usesReals();
        }
      }
    } catch (ArithmeticException e) { // a factor passes 2^63 - 1
      sum = new Polynomial.Sum();
      others = List.of(multiples);
    }
    numeric = others.toArray(new Multiple[0]);
    return sum.total();
  }

  /** Keeps what calls have in this run, for {@link #course}. */
  public void keep() {
    if (keptOf != pass.run()) {
      known();
      for (Multiple multiple : numeric) {
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
      known();
      Course all = inBatch;
      for (Multiple multiple : numeric) {
        all = all.plus(multiple.sum.course(kept, now));
      }
      course = all;
      courseOf = pass.run();
    }
    return course;
  }

  /**
   * How much each image more adds, from one run; {@link #UNKNOWN} where one does not tell.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1
   */
  public long slope() {
    known();
    Polynomial one = each;
    return one == null || polynomialOf == null || numeric.length > 0 || inBatch == Course.OTHER
        ? UNKNOWN
        : one.value();
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
      value = sum(known().value(), numeric);
      if (usesReals && value >= EXACT) {
        value = sum(0, multiples); // each asks itself
      }
      valueOf = now;
    }
    return value;
  }

  private static long sum(long first, Multiple[] multiples) {
    long exact = first;
    for (Multiple multiple : multiples) {
      long one = multiple.sum.value();
      exact =
          Math.addExact(exact, multiple.times == 1 ? one : Math.multiplyExact(multiple.times, one));
    }
    return exact;
  }
}
