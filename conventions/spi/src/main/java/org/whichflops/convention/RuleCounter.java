package org.whichflops.convention;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.Course;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.PassSum;

/**
 * Adds up what a table of rules makes of every call. How a tool does that, a class derived from
 * this says: {@link PlainRuleCounter} counts each call that a rule sees once.
 */
public abstract class RuleCounter implements Counter {
  private final Network network;
  private final RuleTable rules;
  private final long parameters;

  private @Nullable Seen seen;

  /** A counter that states the network's parameters, shared ones once. */
  protected RuleCounter(Network network, RuleTable rules) {
    this.network = network;
    this.rules = rules;
    this.parameters = network.parameters();
  }

  /** The network counted. */
  protected final Network network() {
    return network;
  }

  /** The rules. */
  protected final RuleTable rules() {
    return rules;
  }

  /**
   * Whether {@link #rule} may see a call of some kind, or has to be shown it; the rest is passed
   * over. As it is, that follows from what the rules see.
   */
  protected boolean looksAt(Callee.Kind kind) {
    return kind == Callee.Kind.OPERATOR || !rules.seesOperatorsOnly();
  }

  /** The rule that sees a call, or null. */
  protected @Nullable Rule rule(Call call) {
    return rules.find(call.callee().key());
  }

  /**
   * Whether in this pass all calls to what has one key are counted alike: under one {@link
   * #rule(Call)}, {@linkplain #times(ForwardPass, Call) once}, also inside others. Then only one of
   * them is looked at; as it is, every call is.
   */
  protected boolean countsByKey(ForwardPass pass) {
    return false;
  }

  /** How often the tool adds what a rule makes of a call. */
  protected long times(Call call) {
    return 1;
  }

  /** The same where that depends on other calls of the pass. */
  protected long times(ForwardPass pass, Call call) {
    return times(call);
  }

  /**
   * Stops where the tool does, before anything is counted.
   *
   * @throws ToolFailureException where the tool fails on what a pass holds now
   */
  protected void check(ForwardPass pass) {}

  /**
   * Has all calls looked at once more, for {@link #check} to say where a rule depends on sizes and
   * another one sees a call than before.
   */
  protected final void lookAgain() {
    seen = null;
  }

  /** Whether a call is counted that was made inside one that is counted. */
  protected boolean countsInsideCounted() {
    return true;
  }

  /** What the tool states, given the exact sums of what its rules make of the calls. */
  protected long total(ForwardPass pass, long modules, long functionsAndOperators) {
    return Math.addExact(modules, functionsAndOperators);
  }

  /** Why the total is not the sum of the lines, where it is not. */
  protected Label adjustment() {
    return Label.ROUNDING;
  }

  @Override
  public long parameters(ForwardPass pass) {
    return parameters;
  }

  @Override
  public final long total(ForwardPass pass) {
    check(pass);
    Seen calls = seen(pass);
    try {
      return total(pass, calls.modules().value(), calls.others().value());
    } catch (ArithmeticException | UnknownQuantityException e) {
      return totalCallByCall(pass, calls.calls()); // which finds the place
    }
  }

  @Override
  public final void keep(ForwardPass pass) {
    seen(pass).modules().keep();
    seen(pass).others().keep();
  }

  @Override
  public final Course course(ForwardPass pass, long kept, long now) {
    Seen calls = seen(pass);
    return course(pass, calls.modules().course(kept, now), calls.others().course(kept, now));
  }

  /** How what the tool states depends on the batch, given the courses of the two sums. */
  protected Course course(ForwardPass pass, Course modules, Course functionsAndOperators) {
    return modules.plus(functionsAndOperators);
  }

  @Override
  public final long slope(ForwardPass pass) {
    PassSum modules = seen(pass).modules();
    PassSum others = seen(pass).others();
    long ofModules = modules.slope();
    long ofOthers = others.slope();
    if (ofModules == PassSum.UNKNOWN || ofOthers == PassSum.UNKNOWN) {
      return PassSum.UNKNOWN;
    }
    long batch = pass.call(0).input(0).size(0);
    return slope(pass, modules.value() == ofModules * batch, ofModules, ofOthers);
  }

  /**
   * How much what the tool states grows with each image more, given how much the two sums do.
   *
   * @param proportional whether the modules' sum is nothing but so much for each image
   */
  protected long slope(
      ForwardPass pass, boolean proportional, long modules, long functionsAndOperators) {
    return Math.addExact(modules, functionsAndOperators);
  }

  /** The calls that count, in order; good until the pass runs again. */
  protected final List<Call> counted(ForwardPass pass) {
    return seen(pass).calls();
  }

  /** What each of the calls that count comes to when it is added once; good until asked again. */
  protected final long[] amounts(ForwardPass pass) {
    return seen(pass).calls().amounts();
  }

  private long totalCallByCall(ForwardPass pass, SeenCalls calls) {
    long modules = 0;
    long others = 0;
    Call call = null;
    try {
      for (int i = 0; i < calls.size(); i++) {
        call = calls.get(i);
        if (calls.isModule(i)) {
          modules = Math.addExact(modules, calls.amount(i));
        } else {
          others = Math.addExact(others, calls.amount(i));
        }
      }
      return total(pass, modules, others);
    } catch (ArithmeticException e) {
      throw "long overflow".equals(e.getMessage())
          ? overflow(pass, call, e)
          : impossible(pass, call, e);
    }
  }

  /** The calls that count: the same as in the run before, unless the network called others. */
  private Seen seen(ForwardPass pass) {
    Seen known = seen;
    if (known == null || !known.isOf(pass)) {
      known = countsByKey(pass) ? Seen.byKey(pass, this) : Seen.callByCall(pass, this);
      seen = known;
    }
    return known;
  }

  /** A formula that has no value here, such as one that divides by zero. */
  private UnknownQuantityException impossible(
      ForwardPass pass, @Nullable Call call, ArithmeticException cause) {
    Rule rule = call == null ? null : rule(call);
    return new UnknownQuantityException(
        "formula '%s' has no value at %s: %s"
            .formatted(
                rule == null ? "" : rule.formula().text(),
                call == null ? network.name() : network.path(pass, call),
                cause.getMessage()),
        cause);
  }

  private CountOverflowException overflow(
      ForwardPass pass, @Nullable Call call, ArithmeticException cause) {
    String place = call == null ? "" : network.path(pass, call);
    CountOverflowException overflow =
        new CountOverflowException(
            "the count of %s passes 2^63 - 1%s; take a smaller batch or resolution"
                .formatted(network.name(), place.isEmpty() ? "" : " at " + place));
    overflow.initCause(cause);
    return overflow;
  }

  @Override
  public final Tally tally(ForwardPass pass) {
    long total = total(pass);
    SeenCalls calls = seen(pass).calls();
    List<Tally.Line> lines = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < calls.size(); i++) {
      Tally.Line line = calls.line(i);
      lines.add(line);
      sum += line.amount();
    }
    return new Tally(
        total,
        parameters(pass),
        lines,
        total == sum ? List.of() : List.of(new Tally.Adjustment(adjustment(), total - sum)));
  }
}
