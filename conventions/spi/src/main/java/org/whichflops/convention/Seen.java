package org.whichflops.convention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.Column;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * The calls of a forward pass that a counter counts, each with its rule and how often it is added.
 * Good for every run in which the network calls the same.
 */
final class Seen {
  private final ForwardPass pass;
  private final int structure;
  private final int[] indices;
  private final Rule[] rules;
  private final long[] times;
  private final boolean[] modules;
  private final List<Share> shares = new ArrayList<>();

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
    Rule[] foundRules = new Rule[pass.size()];
    int size = 0;
    for (int i = 0; i < pass.size(); i++) {
      Rule rule = ruleOf.apply(pass.call(i));
      if (rule != null && timesOf.applyAsLong(pass.call(i)) != 0) {
        found[size] = i;
        foundRules[size++] = rule;
      }
      if (rule != null && !inside) {
        i = pass.call(i).end() - 1;
      }
    }
    indices = Arrays.copyOf(found, size);
    rules = Arrays.copyOf(foundRules, size);
    times = new long[size];
    modules = new boolean[size];
    for (int i = 0; i < size; i++) {
      times[i] = timesOf.applyAsLong(call(i));
      modules[i] = call(i).callee().kind() == Callee.Kind.MODULE;
    }
    divide();
  }

  /** Calls of one kind under one rule, added equally often: what they come to, term by term. */
  private record Share(boolean ofModules, long times, List<Column> terms) {}

  /**
   * Puts the calls into shares, each in the place of its first call. What is called is told apart
   * even where one rule sees it all: then other conventions, whose rules see other things together,
   * have the same shares.
   */
  private void divide() {
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
    for (int share = 0; share < count; share++) {
      int[] calls = new int[sizes[share]];
      int next = 0;
      for (int i = firsts[share]; next < calls.length; i++) {
        if (shareOf[i] == share) {
          calls[next++] = indices[i];
        }
      }
      int first = firsts[share];
      List<Column> terms = List.of(pass.group(calls).columns(rules[first].formula()));
      shares.add(new Share(modules[first], times[first], terms));
    }
  }

  @SuppressWarnings("ReferenceEquality") // rules of one table, each of which is there once
  private boolean isLike(int i, int k) {
    return rules[i] == rules[k]
        && times[i] == times[k]
        && call(i).callee().key().equals(call(k).callee().key());
  }

  /**
   * What the calls come to, of modules or of all others.
   *
   * @throws ArithmeticException where it passes 2<sup>63</sup> - 1 or a call has no value
   * @throws org.whichflops.engine.formula.UnknownQuantityException where a call lacks a quantity
   */
  long sum(boolean ofModules) {
    long sum = 0;
    for (int i = 0; i < shares.size(); i++) {
      Share share = shares.get(i);
      for (int k = 0; k < share.terms.size() && share.ofModules == ofModules; k++) {
        sum = Math.addExact(sum, Math.multiplyExact(share.times, share.terms.get(k).sum()));
      }
    }
    return sum;
  }

  /** Whether this is still so for what a pass holds now. */
  boolean isOf(ForwardPass other) {
    return pass == other && structure == other.structure();
  }

  int size() {
    return indices.length;
  }

  Call call(int i) {
    return pass.call(indices[i]);
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
