package org.whichflops.convention;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
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
  private static final int FIRST_ROOM = 64;

  private final ForwardPass pass;
  private final int structure;

  /** The calls' indices in the pass, rising; so many as there are, and room for more. */
  private int[] indices = new int[FIRST_ROOM];

  /** The share of each call. */
  private int[] shareOf = new int[FIRST_ROOM];

  private int size;
  private final List<Share> shares = new ArrayList<>();
  private final GroupSum[] sums;
  private final PassSum modulesSum;
  private final PassSum othersSum;

  /** Made when somebody asks, as are the places of each share's calls in it. */
  private long @Nullable [] amounts;

  private int[][] places = {};

  /**
   * Looks at every call of some kinds.
   *
   * @param inside whether also at those made inside one that a rule sees
   */
  Seen(
      ForwardPass pass,
      Predicate<Callee.Kind> looksAt,
      Function<Call, @Nullable Rule> ruleOf,
      ToLongFunction<Call> timesOf,
      boolean inside) {
    this.pass = pass;
    this.structure = pass.structure();
    for (int i = 0; i < pass.size(); i++) {
      if (!looksAt.test(pass.kind(i))) {
        continue;
      }
      Call call = pass.call(i);
      Rule rule = ruleOf.apply(call);
      if (rule == null) {
        continue;
      }
      long times = timesOf.applyAsLong(call);
      if (times != 0) {
        add(call, rule, times);
      }
      if (!inside) {
        i = call.end() - 1;
      }
    }
    sums = new GroupSum[shares.size()];
    int[][] members = members();
    for (int share = 0; share < sums.length; share++) {
      for (int k = 0; k < members[share].length; k++) {
        members[share][k] = indices[members[share][k]];
      }
      sums[share] = pass.group(members[share]).sum(shares.get(share).rule.formula());
    }
    modulesSum = sum(true);
    othersSum = sum(false);
  }

  /** Calls of one kind under one rule, added equally often. */
  private static final class Share {
    private final Rule rule;
    private final long times;
    private final String key;
    private final boolean ofModules;
    private int size;

    Share(Rule rule, long times, Callee callee) {
      this.rule = rule;
      this.times = times;
      this.key = callee.key();
      this.ofModules = callee.kind() == Callee.Kind.MODULE;
    }

    @SuppressWarnings("ReferenceEquality") // rules of one table, each of which is there once
    boolean takes(Rule rule, long times, Callee callee) {
      return this.rule == rule && this.times == times && callee.key().equals(key);
    }
  }

  /**
   * Puts a call into its share, each of which has the place of its first call. What is called is
   * told apart even where one rule sees it all: then other conventions, whose rules see other
   * things together, have the same shares.
   */
  private void add(Call call, Rule rule, long times) {
    int share = shares.size() - 1;
    while (share >= 0 && !shares.get(share).takes(rule, times, call.callee())) {
      share--;
    }
    if (share < 0) {
      share = shares.size();
      shares.add(new Share(rule, times, call.callee()));
    }
    shares.get(share).size++;
    if (size == indices.length) {
      indices = Arrays.copyOf(indices, 2 * size);
      shareOf = Arrays.copyOf(shareOf, 2 * size);
    }
    indices[size] = call.index();
    shareOf[size++] = share;
  }

  /** Where the calls of each share stand among all that are seen. */
  private int[][] members() {
    int[][] members = new int[shares.size()][];
    for (int share = 0; share < members.length; share++) {
      members[share] = new int[shares.get(share).size];
    }
    int[] filled = new int[members.length];
    for (int i = 0; i < size; i++) {
      members[shareOf[i]][filled[shareOf[i]]++] = i;
    }
    return members;
  }

  private PassSum sum(boolean ofModules) {
    List<PassSum.Multiple> multiples = new ArrayList<>();
    for (int share = 0; share < sums.length; share++) {
      if (shares.get(share).ofModules == ofModules) {
        multiples.add(new PassSum.Multiple(shares.get(share).times, sums[share]));
      }
    }
    return pass.sum(multiples);
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
    long[] each = amounts;
    if (each == null) {
      each = new long[size];
      amounts = each;
      places = members();
    }
    Arrays.fill(each, 0);
    for (int share = 0; share < sums.length; share++) {
      sums[share].addTo(each, places[share]);
    }
    return each;
  }

  /** Whether this is still so for what a pass holds now. */
  boolean isOf(ForwardPass other) {
    return pass == other && structure == other.structure();
  }

  int size() {
    return size;
  }

  /** The calls, in order. */
  List<Call> calls() {
    return new AbstractList<>() {
      @Override
      public Call get(int i) {
        return call(i);
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  Call call(int i) {
    return pass.call(indices[Objects.checkIndex(i, size)]);
  }

  boolean isModule(int i) {
    return shares.get(shareOf[i]).ofModules;
  }

  long amount(int i) {
    Share share = shares.get(shareOf[i]);
    long value = share.rule.formula().value(call(i));
    return share.times == 1 ? value : Math.multiplyExact(share.times, value);
  }

  Tally.Line line(int i) {
    Share share = shares.get(shareOf[i]);
    return new Tally.Line(indices[i], share.rule, share.times, amount(i));
  }
}
