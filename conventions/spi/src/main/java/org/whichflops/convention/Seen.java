package org.whichflops.convention;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.AlikeCalls;
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
  private final List<Share> shares;
  private final PassSum modules;
  private final PassSum others;

  /** Made when somebody asks for single calls. */
  private @Nullable SeenCalls calls;

  private Seen(ForwardPass pass, List<Share> shares) {
    this.pass = pass;
    this.structure = pass.structure();
    this.shares = shares;
    this.modules = sum(pass, shares, true);
    this.others = sum(pass, shares, false);
  }

  private static PassSum sum(ForwardPass pass, List<Share> shares, boolean ofModules) {
    List<PassSum.Multiple> multiples = new ArrayList<>();
    for (Share share : shares) {
      if (share.ofModules() == ofModules) {
        multiples.add(new PassSum.Multiple(share.times, share.sum));
      }
    }
    return pass.sum(multiples);
  }

  /**
   * Looks at one call of each key, where all others of the key are counted alike: under the same
   * rule, once.
   */
  static Seen byKey(ForwardPass pass, RuleCounter counter) {
    List<Share> shares = new ArrayList<>();
    for (AlikeCalls alike : pass.alike()) {
      Rule rule =
          counter.looksAt(alike.first().kind())
              ? counter.rule(pass.call(alike.indices()[0]))
              : null;
      if (rule != null) {
        shares.add(new Share(pass, alike.first(), rule, 1, alike.indices()));
      }
    }
    return new Seen(pass, shares);
  }

  /** Looks at every call, in order. */
  static Seen callByCall(ForwardPass pass, RuleCounter counter) {
    List<Growing> growing = new ArrayList<>();
    BitSet looked = ofKinds(pass, counter);
    for (int i = looked.nextSetBit(0); i >= 0; i = looked.nextSetBit(i + 1)) {
      Call call = pass.call(i);
      Rule rule = counter.rule(call);
      if (rule == null) {
        continue;
      }
      long times = counter.times(pass, call);
      if (times != 0) {
        Growing.of(growing, call.callee(), rule, times).indices.add(i);
      }
      if (!counter.countsInsideCounted()) {
        i = call.end() - 1;
      }
    }
    return new Seen(pass, growing.stream().map(share -> share.grown(pass)).toList());
  }

  private static BitSet ofKinds(ForwardPass pass, RuleCounter counter) {
    BitSet found = new BitSet(pass.size());
    for (AlikeCalls alike : pass.alike()) {
      if (counter.looksAt(alike.first().kind())) {
        for (int index : alike.indices()) {
          found.set(index);
        }
      }
    }
    return found;
  }

  /**
   * A share to which calls are added. What is called is told apart even where one rule sees it all:
   * then other conventions, whose rules see other things together, have the same shares.
   */
  private record Growing(Callee first, Rule rule, long times, IntStream.Builder indices) {
    @SuppressWarnings("ReferenceEquality") // rules of one table, each of which is there once
    static Growing of(List<Growing> all, Callee callee, Rule rule, long times) {
      for (int i = all.size() - 1; i >= 0; i--) {
        Growing one = all.get(i);
        if (one.rule == rule
            && one.times == times
            && one.first.variantKey().equals(callee.variantKey())) {
          return one;
        }
      }
      Growing one = new Growing(callee, rule, times, IntStream.builder());
      all.add(one);
      return one;
    }

    Share grown(ForwardPass pass) {
      return new Share(pass, first, rule, times, indices.build().toArray());
    }
  }

  /** Calls to what has one key, under one rule, added equally often. */
  static final class Share {
    private final Callee first;
    private final Rule rule;
    private final long times;
    private final int[] indices;
    private final GroupSum sum;

    private Share(ForwardPass pass, Callee first, Rule rule, long times, int[] indices) {
      this.first = first;
      this.rule = rule;
      this.times = times;
      this.indices = indices;
      this.sum = pass.group(indices).sum(rule.formula());
    }

    Rule rule() {
      return rule;
    }

    /** How often each call is added. */
    long times() {
      return times;
    }

    boolean ofModules() {
      return first.kind() == Callee.Kind.MODULE;
    }

    /** The calls' indices in the pass, rising; not to be changed. */
    int[] indices() {
      return indices;
    }

    /** What the calls come to when each is added once. */
    GroupSum sum() {
      return sum;
    }
  }

  /** What the calls of modules come to. */
  PassSum modules() {
    return modules;
  }

  /** What the calls of functions and operators come to. */
  PassSum others() {
    return others;
  }

  /** The same calls one by one. */
  SeenCalls calls() {
    SeenCalls known = calls;
    if (known == null) {
      known = new SeenCalls(pass, shares);
      calls = known;
    }
    return known;
  }

  /** Whether this is still so for what a pass holds now. */
  boolean isOf(ForwardPass other) {
    return pass == other && structure == other.structure();
  }
}
