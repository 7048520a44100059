package org.whichflops.convention.torchstat;

import org.jspecify.annotations.Nullable;
import org.whichflops.convention.SelectedCalls;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.PassSum;

/** Where the tools fail on a call (model_hook.py:43-94, compute_madd.py, compute_memory.py). */
final class LeafChecks {
  private static final int ANY_RANK = 0;
  private static final int TWO_OR_MORE = -2;

  private final PatchedClasses patched;
  private final SelectedCalls calls = new SelectedCalls(this::wraps);
  private final boolean memory;
  private final boolean[] wrapped;
  private final boolean[] patchedWell;
  private final boolean[] counted;
  private final int[] ranks;

  /** What was looked at and did not fail, whatever the sizes. */
  private @Nullable ForwardPass passed;

  /** As much as it reads and writes; null where the tool does not work that out. */
  private @Nullable PassSum traffic;

  private int structure;

  /**
   * The failures of a tool.
   *
   * @param memory whether it computes the bytes read and written too
   */
  LeafChecks(Network network, boolean memory) {
    this.patched = new PatchedClasses(network);
    this.memory = memory;
    int count = network.modules().size();
    wrapped = new boolean[count];
    patchedWell = new boolean[count];
    counted = new boolean[count];
    ranks = new int[count];
    for (Module module : network.modules()) {
      int i = module.index();
      wrapped[i] = patched.wraps(module);
      patchedWell[i] = patched.isWell(module);
      counted[i] = LeafCounter.rule(module.type(), MaddRules.TABLE) != null;
      ranks[i] = expectedRank(module);
    }
  }

  /** Whether a call goes through a replaced {@code __call__}. */
  boolean wraps(Call call) {
    return wraps(call.callee());
  }

  private boolean wraps(Callee callee) {
    return callee instanceof Module module && wrapped[module.index()];
  }

  /** Stops where the tool does. */
  void check(ForwardPass pass) {
    boolean known = passed == pass && structure == pass.structure();
    if (known && (traffic == null || MemoryTraffic.isSmall(traffic))) {
      return;
    }
    for (int i : calls.of(pass)) {
      Module module = (Module) pass.call(i).callee();
      if (!known) {
        if (!patchedWell[module.index()]) {
          patched.check(module);
        }
        check(module, pass.call(i));
      }
      if (memory) {
        MemoryTraffic.check(module, pass.call(i));
      }
    }
    if (!known) {
      traffic = memory ? MemoryTraffic.most(pass, calls.byKey(pass)) : null;
      passed = pass;
      structure = pass.structure();
    }
  }

  private void check(Module module, Call call) {
    if (call.outputCount() > 1 || !module.givesTensorsOnly()) {
      // output.size(), model_hook.py:55
      throw new ToolFailureException(
          "AttributeError: '%s' object has no attribute 'size'"
              .formatted(module.returnsDict() ? "dict" : "tuple"));
    }
    if (call.inputCount() > 1 && counted[module.index()] && !module.type().isA("nn.Bilinear")) {
      // the tuple of all inputs is handed on, model_hook.py:78
      throw new ToolFailureException("AttributeError: 'tuple' object has no attribute 'size'");
    }
    int rank = ranks[module.index()];
    int in = call.input(0).rank();
    if (rank == TWO_OR_MORE
        ? in < 2
        : rank != ANY_RANK && (in != rank || call.output(0).rank() != rank)) {
      throw new ToolFailureException("AssertionError:");
    }
  }

  /** The assertions at the head of every function of compute_madd.py and compute_flops.py. */
  private static int expectedRank(Module module) {
    if (isAny(
        module,
        "nn.Conv2d",
        "nn.ConvTranspose2d",
        "nn.BatchNorm2d",
        "nn.MaxPool2d",
        "nn.AvgPool2d")) {
      return 4;
    }
    if (isAny(module, "nn.Linear", "nn.Bilinear")) {
      return 2;
    }
    return module.type().isA("nn.Softmax") ? TWO_OR_MORE : ANY_RANK;
  }

  static boolean isAny(Module module, String... keys) {
    for (String key : keys) {
      if (module.type().isA(key)) {
        return true;
      }
    }
    return false;
  }
}
