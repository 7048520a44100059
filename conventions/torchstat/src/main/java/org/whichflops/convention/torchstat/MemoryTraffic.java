package org.whichflops.convention.torchstat;

import java.util.Collection;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.PassSum;
import org.whichflops.engine.tensor.PassSum.Multiple;
import org.whichflops.engine.tensor.Tensor;

/**
 * Numbers that a module reads and writes (compute_memory.py): its input, its parameters with
 * gradients, its output.
 *
 * @param read numbers read
 * @param written numbers written
 * @param supported whether the tool has a rule; it prints a line and takes 0 where it has none
 */
record MemoryTraffic(long read, long written, boolean supported) {
  /** Single precision. */
  private static final int ITEM_SIZE = 4;

  private static final Formula MOST =
      Formula.of(Label.NOTHING, "3 * numel(x)")
          .plus(Label.NOTHING, "numel(y)")
          .plus(Label.NOTHING, "params");

  private static final MemoryTraffic UNSUPPORTED = new MemoryTraffic(0, 0, false);

  static MemoryTraffic of(Call call) {
    Module module = (Module) call.callee();
    Tensor x = call.input(0);
    long elements = x.numel();
    long batch = x.size(0);
    if (LeafChecks.isAny(module, "nn.ReLU", "nn.ReLU6", "nn.ELU", "nn.LeakyReLU")) {
      return supported(elements, elements);
    }
    if (module.type().isA("nn.PReLU")) {
      return supported(elements + batch * trainable(module), elements);
    }
    if (LeafChecks.isAny(module, "nn.Conv2d", "nn.Linear")) {
      return supported(elements + batch * trainable(module), call.output(0).numel());
    }
    if (module.type().isA("nn.BatchNorm2d")) {
      return supported(elements + batch * 2 * x.size(1), elements);
    }
    if (LeafChecks.isAny(module, "nn.AvgPool2d", "nn.MaxPool2d")) {
      return supported(elements, call.output(0).numel());
    }
    return UNSUPPORTED;
  }

  private static MemoryTraffic supported(long read, long written) {
    return new MemoryTraffic(read, written, true);
  }

  private static long trainable(Module module) {
    return Network.parametersOf(module, true);
  }

  /** The bytes, as the tool holds them: 32 bits, which wrap around. */
  int bytesRead() {
    return (int) (read * ITEM_SIZE);
  }

  /** The bytes, as the tool holds them: 32 bits, which wrap around. */
  int bytesWritten() {
    return (int) (written * ITEM_SIZE);
  }

  /**
   * As much as any rule makes of calls, all of them together.
   *
   * @param calls divided by what is called
   */
  static PassSum most(ForwardPass pass, Collection<int[]> calls) {
    return pass.sum(
        calls.stream().map(kind -> new Multiple(1, pass.group(kind).sum(MOST))).toList());
  }

  /** Whether that goes into 32 bits, so that no call needs to be looked at. */
  static boolean isSmall(PassSum most) {
    try {
      return most.value() <= Integer.MAX_VALUE;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** Stops where the numbers do not go into 32 bits (model_hook.py:93). */
  static void check(Module module, Call call) {
    long most = Math.addExact(3 * call.input(0).numel(), module.parameterCount());
    if (Math.max(most, call.output(0).numel()) > Integer.MAX_VALUE) {
      MemoryTraffic traffic = of(call);
      long first = traffic.read > Integer.MAX_VALUE ? traffic.read : traffic.written;
      if (first > Integer.MAX_VALUE) {
        throw new ToolFailureException(
            "OverflowError: Python integer %d out of bounds for int32".formatted(first));
      }
    }
  }
}
