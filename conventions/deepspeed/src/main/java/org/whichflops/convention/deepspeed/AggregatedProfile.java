package org.whichflops.convention.deepspeed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.whichflops.convention.PythonText;
import org.whichflops.engine.nn.Module;

/** The classes of modules at each depth that weigh most (profiler.py:436, 457-513). */
final class AggregatedProfile {
  /** In place of a time, and of what follows from one. */
  static final String UNKNOWN = "n/a";

  /** What the modules of one class at one depth come to. */
  private record Weight(long macs, long params) {
    Weight plus(Weight other) {
      return new Weight(Math.addExact(macs, other.macs), Math.addExact(params, other.params));
    }
  }

  private final List<Map<String, Weight>> byDepth = new ArrayList<>();
  private final ModuleSums macs;

  private AggregatedProfile(ModuleSums macs) {
    this.macs = macs;
  }

  /** The text; the innermost depth is left out, as the tool's loop ends before it. */
  static String of(Module root, ModuleSums macs) {
    AggregatedProfile profile = new AggregatedProfile(macs);
    profile.walk(root, 0);
    StringBuilder text =
        new StringBuilder(
            """

            ----------------------------- Aggregated Profile per GPU -----------------------------
            Top 1 modules in terms of params, MACs or fwd latency at different model depths:
            """);
    for (int depth = 0; depth < profile.byDepth.size() - 1; depth++) {
      profile.append(text, depth);
    }
    return text.toString();
  }

  private void walk(Module module, int depth) {
    if (depth == byDepth.size()) {
      byDepth.add(new LinkedHashMap<>());
    }
    byDepth
        .get(depth)
        .merge(
            module.type().name(),
            new Weight(macs.of(module), module.parameterCount()),
            Weight::plus);
    for (Module child : new LinkedHashSet<>(module.children().values())) {
      walk(child, depth + 1);
    }
  }

  private void append(StringBuilder text, int depth) {
    Map<String, Weight> classes = byDepth.get(depth);
    String params = heaviest(classes, Weight::params);
    String macs = heaviest(classes, Weight::macs);
    text.append("depth ").append(depth).append(":\n    params      - ");
    entry(text, params, ProfilerText.params(classes.getOrDefault(params, NONE).params));
    text.append("    MACs        - ");
    entry(text, macs, ProfilerText.macs(classes.getOrDefault(macs, NONE).macs));
    text.append("    fwd latency - ");
    if (classes.size() == 1) {
      entry(text, params, UNKNOWN);
    } else {
      text.append(UNKNOWN).append('\n');
    }
  }

  private static final Weight NONE = new Weight(0, 0);

  /** The first of those that weigh most: Python's sort keeps the order of equals. */
  private static String heaviest(Map<String, Weight> classes, ToLongFunction<Weight> weight) {
    String heaviest = "";
    long most = -1;
    for (Map.Entry<String, Weight> one : classes.entrySet()) {
      if (weight.applyAsLong(one.getValue()) > most) {
        heaviest = one.getKey();
        most = weight.applyAsLong(one.getValue());
      }
    }
    return heaviest;
  }

  /** {@code print({name: value})}. */
  private static void entry(StringBuilder text, String name, String value) {
    text.append("{'").append(PythonText.name(name)).append("': '").append(value).append("'}\n");
  }
}
