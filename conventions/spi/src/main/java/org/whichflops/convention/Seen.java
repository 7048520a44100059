package org.whichflops.convention;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.GroupSum;
import org.whichflops.engine.tensor.PassSum;

/**
 * The calls of a forward pass that a counter counts, each with its rule and how often it is added.
 * Good for every run in which the network calls the same with tensors of the same ranks.
 */
final class Seen {
  private final ForwardPass pass;
  private final int structure;
  private final int[] indices;
  private final List<Call> calls;
  private final long[] amounts;
  private final Rule[] rules;
  private final long[] times;
  private final boolean[] modules;
  private final Share[] shares;
  private final PassSum modulesSum;
  private final PassSum othersSum;

  /**
   * Looks at every call.
   *
   * @param inside whether also at those made inside one that a rule sees
   */
  Seen(
      ForwardPass pass,
      Function<Call, @Nullable Rule> ruleOf,
      ToLongFunction<Call> timesOf,
      boolean inside) {
    this.pass = pass;
    this.structure = pass.structure();
    int[] found = new int[pass.size()];
    Call[] foundCalls = new Call[pass.size()];
    Rule[] foundRules = new Rule[pass.size()];
    long[] foundTimes = new long[pass.size()];
    int size = 0;
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      Rule rule = ruleOf.apply(call);
      if (rule == null) {
        continue;
      }
      long often = timesOf.applyAsLong(call);
      if (often != 0) {
        found[size] = i;
        foundCalls[size] = call;
        foundTimes[size] = often;
        foundRules[size++] = rule;
      }
      if (!inside) {
        i = call.end() - 1;
      }
    }
    indices = Arrays.copyOf(found, size);
    amounts = new long[size];
    calls = List.of(Arrays.copyOf(foundCalls, size));
    rules = Arrays.copyOf(foundRules, size);
    times = Arrays.copyOf(foundTimes, size);
    modules = new boolean[size];
    for (int i = 0; i < size; i++) {
      modules[i] = call(i).callee().kind() == Callee.Kind.MODULE;
    }
    shares = divide();
    modulesSum = sum(true);
    othersSum = sum(false);
  }

  /**
   * Calls of one kind under one rule, added equally often, and what they come to.
   *
   * @param places where the calls stand among all that are seen
   */
  @SuppressWarnings("ArrayRecordComponent") // stays in here, and nobody compares it
  private record Share(boolean ofModules, long times, int[] places, GroupSum sum) {}

  /**
   * Puts the calls into shares, each in the place of its first call. What is called is told apart
   * even where one rule sees it all: then other conventions, whose rules see other things together,
   * have the same shares.
   */
  private Share[] divide() {
    int[] firsts = new int[indices.length];
    int[] shareOf = new int[indices.length];
    int[] sizes = new int[indices.length];
    int count = 0;
    for (int i = 0; i < indices.length; i++) {
      int share = count - 1;
      while (share >= 0 && !isLike(i, firsts[share])) {
        share--;
      }
      if (share < 0) {
        firsts[count] = i;
        share = count++;
      }
      shareOf[i] = share;
      sizes[share]++;
    }
    Share[] divided = new Share[count];
    for (int share = 0; share < count; share++) {
      int[] places = new int[sizes[share]];
      int[] calls = new int[sizes[share]];
      int next = 0;
      for (int i = firsts[share]; next < calls.length; i++) {
        if (shareOf[i] == share) {
          places[next] = i;
          calls[next++] = indices[i];
        }
      }
      int first = firsts[share];
      GroupSum sum = pass.group(calls).sum(rules[first].formula());
      divided[share] = new Share(modules[first], times[first], places, sum);
    }
    return divided;
  }

  private PassSum sum(boolean ofModules) {
    return pass.sum(
        Arrays.stream(shares)
            .filter(share -> share.ofModules == ofModules)
            .map(share -> new PassSum.Multiple(share.times, share.sum))
            .toList());
  }

  @SuppressWarnings("ReferenceEquality") // rules of one table, each of which is there once
  private boolean isLike(int i, int k) {
    return rules[i] == rules[k]
        && times[i] == times[k]
        && call(i).callee().key().equals(call(k).callee().key());
  }

  /** What the calls of modules come to. */
  PassSum modules() {
    return modulesSum;
  }

  /** What the calls of functions and operators come to. */
  PassSum others() {
    return othersSum;
  }

  /** What each call comes to when it is added once, in order; good until it is asked again. */
  long[] amounts() {
    Arrays.fill(amounts, 0);
    for (Share share : shares) {
      share.sum.addTo(amounts, share.places);
    }
    return amounts;
  }

  /** Whether this is still so for what a pass holds now. */
  boolean isOf(ForwardPass other) {
    return pass == other && structure == other.structure();
  }

  int size() {
    return indices.length;
  }

  /** The calls, in order. */
  List<Call> calls() {
    return calls;
  }

  Call call(int i) {
    return calls.get(i);
  }

  boolean isModule(int i) {
    return modules[i];
  }

  long amount(int i) {
    long value = rules[i].formula().value(call(i));
    return times[i] == 1 ? value : Math.multiplyExact(times[i], value);
  }

  Tally.Line line(int i) {
    return new Tally.Line(indices[i], rules[i], times[i], amount(i));
  }
}
