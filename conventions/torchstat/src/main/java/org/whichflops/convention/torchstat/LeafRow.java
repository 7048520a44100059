package org.whichflops.convention.torchstat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Tensor;

/**
 * What torchstat holds for a module without children: that of its last call, and zeros where it was
 * not called.
 *
 * @param name its path
 * @param input sizes of the first input without the batch, each at least three wide
 * @param output the same of the output
 * @param params its parameters
 * @param memory the output's numbers in single precision, in units of 2<sup>20</sup> bytes
 * @param madd multiplications and additions
 * @param flops multiply-accumulates and more
 * @param bytesRead bytes read
 * @param bytesWritten bytes written
 * @param called whether it took any time
 */
record LeafRow(
    String name,
    String input,
    String output,
    long params,
    double memory,
    long madd,
    long flops,
    long bytesRead,
    long bytesWritten,
    boolean called) {
  /** Three zeros, as sizes are before a call. */
  private static final String NO_SIZES = "  0   0   0";

  private static final double ITEM_SIZE = 4;
  private static final double MEGA = 1 << 20;

  /** A row for every leaf, in the order of modules. */
  static List<LeafRow> of(Network network, ForwardPass pass) {
    @Nullable Call[] last = new Call[network.modules().size()];
    for (int i = 0; i < pass.size(); i++) {
      if (pass.call(i).callee() instanceof Module module) {
        last[module.index()] = pass.call(i);
      }
    }
    List<LeafRow> rows = new ArrayList<>();
    for (Module module : network.modules()) {
      if (module.children().isEmpty()) {
        String name = PythonText.name(network.path(module));
        Call call = last[module.index()];
        rows.add(
            call == null
                ? new LeafRow(name, NO_SIZES, NO_SIZES, 0, 0, 0, 0, 0, 0, false)
                : of(name, module, call));
      }
    }
    return rows;
  }

  private static LeafRow of(String name, Module module, Call call) {
    Tensor y = call.output(0);
    MemoryTraffic traffic = MemoryTraffic.of(call);
    double numbers = (double) y.numel() / y.size(0);
    return new LeafRow(
        name,
        sizes(call.input(0)),
        sizes(y),
        module.parameterCount(),
        (float) (numbers * ITEM_SIZE / MEGA),
        value(MaddRules.TABLE, module, call),
        value(FlopsRules.TABLE, module, call),
        traffic.bytesRead(),
        traffic.bytesWritten(),
        true);
  }

  private static long value(RuleTable table, Module module, Call call) {
    Rule rule = LeafCounter.rule(module.type(), table);
    return rule == null ? 0 : rule.formula().value(call);
  }

  /** {@code ' '.join('{:>3d}'.format(size) ...)}. */
  private static String sizes(Tensor tensor) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < tensor.rank(); i++) {
      String size = Long.toString(tensor.size(i));
      text.append(i == 1 ? "" : " ")
          .append(" ".repeat(Math.max(0, 3 - size.length())))
          .append(size);
    }
    return text.toString();
  }

  /** Bytes read and written. */
  long bytes() {
    return bytesRead + bytesWritten;
  }
}
