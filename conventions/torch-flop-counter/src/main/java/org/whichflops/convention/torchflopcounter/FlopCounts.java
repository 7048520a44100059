package org.whichflops.convention.torchflopcounter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Tally;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * {@code FlopCounterMode.get_flop_counts()}: by tracked name, then by operator, both in the order
 * in which they first counted. A module's count holds its children's.
 */
final class FlopCounts {
  private final Map<String, Map<String, Long>> byName = new LinkedHashMap<>();
  private final TrackedNames names = new TrackedNames();

  private FlopCounts() {}

  static FlopCounts of(Convention convention, Network network, ForwardPass pass) {
    FlopCounts counts = new FlopCounts();
    counts.names.of(network.root());
    for (Tally.Line line : convention.counter(network).tally(pass).lines()) {
      Call call = pass.call(line.call());
      for (String name : counts.names.around(pass, call)) {
        counts
            .byName
            .computeIfAbsent(name, n -> new LinkedHashMap<>())
            .merge(call.callee().key(), line.amount(), Math::addExact);
      }
    }
    return counts;
  }

  /** Counts by operator, by tracked name. */
  Map<String, Map<String, Long>> byName() {
    return Collections.unmodifiableMap(byName);
  }

  /** The count of one tracked name, 0 where nothing was counted. */
  long total(String name) {
    return byName.getOrDefault(name, Map.of()).values().stream().mapToLong(Long::longValue).sum();
  }

  /** The count of a module. */
  long total(Module module) {
    return total(names.of(module));
  }
}
