package org.whichflops.convention.deepspeed;

import java.util.LinkedHashSet;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.Tally;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * What the tools hold for every module: its own {@code __flops__} or {@code __macs__}, and those
 * below it ({@code get_module_flops}, profiler.py:1180, utils.py:254).
 */
final class ModuleSums {
  private final long[] own;

  /** Takes the lines of a tally apart by module. */
  ModuleSums(Network network, ForwardPass pass, RuleTable rules, Tally tally) {
    own = new long[network.modules().size()];
    for (Tally.Line line : tally.lines()) {
      Module owner = ProfilerCounter.ownerOf(pass.call(line.call()), pass, rules);
      own[owner.index()] = Math.addExact(own[owner.index()], line.amount() / line.times());
    }
  }

  /** A module's own count and those of all below it; one with two parents is in both. */
  long of(Module module) {
    long sum = own[module.index()];
    for (Module child : new LinkedHashSet<>(module.children().values())) {
      sum = Math.addExact(sum, of(child));
    }
    return sum;
  }
}
