package org.whichflops.convention;

import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
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
