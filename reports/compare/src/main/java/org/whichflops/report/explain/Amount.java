package org.whichflops.report.explain;

import java.util.LinkedHashSet;
import java.util.Set;

/** What one side counts at one spot under one label. */
final class Amount {
  static final Amount NONE = new Amount();

  private final Set<String> formulas = new LinkedHashSet<>(2);
  private long sum;
  private long calls;

  void add(String formula, long amount, long times) {
    sum = Math.addExact(sum, amount);
    calls = Math.addExact(calls, times);
    formulas.add(formula);
  }

  void add(Amount other) {
    sum = Math.addExact(sum, other.sum);
    calls = Math.addExact(calls, other.calls);
    formulas.addAll(other.formulas);
  }

  long sum() {
    return sum;
  }

  /** How often something was added. */
  long calls() {
    return calls;
  }

  /** The formulas that were added, as they are written. */
  String formulas() {
    return formulas.size() == 1 ? formulas.iterator().next() : String.join(" and ", formulas);
  }
}
