package org.whichflops.report.formula;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whichflops.convention.Convention;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.Counter;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;

/** What one convention counts of one subject at any size, each computed once. */
final class Counts {
  private final Subject subject;
  private final Counter counter;
  private final ForwardPass pass;
  private final Map<List<Long>, Outcome> known = new HashMap<>();

  Counts(Subject subject, Convention convention) {
    this.subject = subject;
    this.counter = convention.counter(subject.network());
    this.pass = new ForwardPass(convention.mode());
  }

  /**
   * A count, or why there is none.
   *
   * @param value -1 where there is none
   * @param refusal empty where there is one
   * @param isTooLarge whether it is past 2<sup>63</sup> - 1
   */
  record Outcome(BigInteger value, String refusal, boolean isTooLarge) {
    static Outcome of(long value) {
      return new Outcome(BigInteger.valueOf(value), "", false);
    }

    static Outcome refused(RuntimeException why) {
      String message = String.valueOf(why.getMessage());
      // A tensor may be too large before a count is; that is a ShapeException as any other.
      boolean isTooLarge = why instanceof CountOverflowException || message.contains("2^63 - 1");
      return new Outcome(BigInteger.ONE.negate(), message, isTooLarge);
    }

    boolean isCount() {
      return refusal.isEmpty();
    }
  }

  /** The count where each of the subject's sizes has a value. */
  Outcome at(long... sizes) {
    return known.computeIfAbsent(Arrays.stream(sizes).boxed().toList(), key -> count(sizes));
  }

  /** All counts and refusals so far, by their sizes. */
  Map<List<Long>, Outcome> known() {
    return known;
  }

  private Outcome count(long[] sizes) {
    try {
      Shape input = subject.input(sizes);
      subject.network().forward(pass, input);
      return Outcome.of(counter.total(pass));
    } catch (ShapeException
        | IllegalArgumentException
        | ToolFailureException
        | CountOverflowException
        | UnknownQuantityException e) {
      return Outcome.refused(e);
    }
  }
}
