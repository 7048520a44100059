package org.whichflops.convention.ptflops;

import java.util.LinkedHashSet;
import java.util.Set;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;

/**
 * What the tool holds for each module once a network has run: {@code __flops__} and {@code
 * __params__} where its type has a rule, and sums over children elsewhere.
 */
final class ModuleCounts {
  private final PtflopsCounter counter;
  private final long[] flops;
  private final long batch;
  private final double total;

  ModuleCounts(PtflopsCounter counter, long[] flops, long batch, double total) {
    this.counter = counter;
    this.flops = flops;
    this.batch = batch;
    this.total = total;
  }

  /** What percentages are taken of: as stated, but not cut to a whole number. */
  double total() {
    return total;
  }

  /** {@code accumulate_flops() / __batch_counter__}. */
  double flops(Module module) {
    return PtflopsCounter.quotient(accumulated(module), batch);
  }

  private long accumulated(Module module) {
    if (counter.hasRule(module)) {
      return flops[module.index()];
    }
    long sum = 0;
    for (Module child : children(module)) {
      sum = Math.addExact(sum, accumulated(child));
    }
    return sum;
  }

  /** {@code accumulate_params()}. */
  long params(Module module) {
    if (counter.hasRule(module)) {
      return Network.parametersOf(module, true);
    }
    long sum = 0;
    for (Module child : children(module)) {
      sum = Math.addExact(sum, params(child));
    }
    return sum;
  }

  /** {@code module.children()}: each once, under however many names it stands there. */
  static Set<Module> children(Module module) {
    return new LinkedHashSet<>(module.children().values());
  }
}
