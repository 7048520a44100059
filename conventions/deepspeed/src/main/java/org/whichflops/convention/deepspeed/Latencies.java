package org.whichflops.convention.deepspeed;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * What can be known of the time that modules took (get_module_duration, profiler.py:1196).
 *
 * <p>No two times are the same, so equal neighbours in a list, which PyTorch shows once, differ
 * here: a mark, which no name contains, keeps them apart until the text is complete.
 */
final class Latencies {
  private static final char MARK = '\u0001';

  private final Module root;
  private final boolean[] called;

  Latencies(Network network, ForwardPass pass) {
    root = network.root();
    called = new boolean[network.modules().size()];
    for (int i = 0; i < pass.size(); i++) {
      if (pass.call(i).callee() instanceof Module module) {
        called[module.index()] = true;
      }
    }
  }

  /** Latency, its share, and speed, as far as they are known. */
  String text(Module module, long flops) {
    if (!took(module)) {
      return "0 s = 0% latency, " + ProfilerText.flops(0);
    }
    return AggregatedProfile.UNKNOWN
        + MARK
        + module.index()
        + MARK
        + " = "
        + (module == root ? "100" : AggregatedProfile.UNKNOWN)
        + "% latency, "
        + (flops == 0 ? ProfilerText.flops(0) : AggregatedProfile.UNKNOWN);
  }

  /** The text of modules without the marks. */
  static String unmarked(String text) {
    return text.replaceAll(MARK + "\\d+" + MARK, "");
  }

  /** Whether a module ran, or what it holds, such as the modules of a list. */
  private boolean took(Module module) {
    return called[module.index()] || module.children().values().stream().anyMatch(this::took);
  }
}
