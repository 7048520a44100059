package org.whichflops.convention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Adds up what a table of rules makes of every call. As it is, it counts each call that a rule sees
 * once; a tool that does otherwise says so in a class derived from it.
 */
public class RuleCounter implements Counter {
  private final Network network;
  private final RuleTable rules;
  private final long parameters;

  /** The rules found for the calls of the last run; a network calls the same at every size. */
  private Callee[] seen = {};

  private @Nullable Rule[] found = {};

  /** A counter that states the network's parameters, shared ones once. */
  public RuleCounter(Network network, RuleTable rules) {
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

  /** The rule that sees a call, or null. */
  protected @Nullable Rule rule(Call call) {
    return rules.find(call.callee().key());
  }

  /** How often the tool adds what a rule makes of a call. */
  protected long times(Call call) {
    return 1;
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
    long modules = 0;
    long others = 0;
    Call call = null;
    try {
      for (int i = 0; i < pass.size(); i++) {
        call = pass.call(i);
        Rule rule = remembered(call);
        if (rule == null) {
          continue;
        }
        if (call.callee().kind() == Callee.Kind.MODULE) {
          modules = Math.addExact(modules, amount(rule, call));
        } else {
          others = Math.addExact(others, amount(rule, call));
        }
      }
      return total(pass, modules, others);
    } catch (ArithmeticException e) {
      throw overflow(pass, call, e);
    }
  }

  private @Nullable Rule remembered(Call call) {
    int i = call.index();
    if (i < seen.length && seen[i] == call.callee()) {
      return found[i];
    }
    if (i >= seen.length) {
      seen = Arrays.copyOf(seen, Math.max(256, 2 * i));
      found = Arrays.copyOf(found, seen.length);
    }
    seen[i] = call.callee();
    found[i] = rule(call);
    return found[i];
  }

  private long amount(Rule rule, Call call) {
    long times = times(call);
    return times == 0 ? 0 : Math.multiplyExact(times, rule.formula().value(call));
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
    List<Tally.Line> lines = new ArrayList<>();
    long sum = 0;
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      Rule rule = rule(call);
      long times = rule == null ? 0 : times(call);
      if (rule != null && times != 0) {
        long amount = amount(rule, call);
        lines.add(new Tally.Line(i, rule, times, amount));
        sum += amount;
      }
    }
    return new Tally(
        total,
        parameters(pass),
        lines,
        total == sum ? List.of() : List.of(new Tally.Adjustment(adjustment(), total - sum)));
  }
}
