package org.whichflops.convention.ptflops;

import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleRepr;
import org.whichflops.engine.nn.Network;

/**
 * The tree of modules with counts and shares in front of every module's own arguments ({@code
 * print_model_with_flops}, ptflops/pytorch_engine.py:107 in 0.7.5).
 */
final class ShownTree {
  private final ModuleCounts counts;
  private final double totalFlops;
  private final double totalParams;
  private final Look look;
  private int countedTwice;

  ShownTree(ModuleCounts counts, long params, Look look) {
    this.counts = counts;
    this.look = look;
    totalFlops = look.isSince(Look.V066) ? Math.max(1, counts.total()) : counts.total();
    totalParams = (double) (look.isSince(Look.V068) ? Math.max(1, params) : params);
  }

  /** Appends the tree under a module, and before it a warning for each doubtful line. */
  void appendTo(StringBuilder text, Module root) {
    countedTwice = 0;
    String tree = ModuleRepr.of(root, this::extra);
    for (int i = 0; i < countedTwice; i++) {
      text.append("Warning: parameters of some of the modules were counted twice because")
          .append(" of multiple links to the same modules.")
          .append(" Extended per layer parameters num statistic could be unreliable.\n");
    }
    text.append(tree).append('\n');
  }

  private String extra(Module module) {
    double flops = counts.flops(module);
    boolean scaled = look.isSince(Look.V069);
    StringBuilder text = new StringBuilder();
    if (look.isSince(Look.V05)) {
      long params = look == Look.V05 ? Network.parametersOf(module, true) : counts.params(module);
      countedTwice += look.isSince(Look.V07) && (double) params > totalParams ? 1 : 0;
      text.append(scaled ? Quantity.params(params) : Quantity.millions(params))
          .append(", ")
          .append(share((double) params, totalParams, "division by zero"))
          .append(" Params, ");
    }
    return text.append(scaled ? Quantity.macs(flops) : Quantity.gigaMacs(flops, 3))
        .append(", ")
        .append(share(flops, totalFlops, "float division by zero"))
        .append(" MACs, ")
        .append(module.extraRepr())
        .toString();
  }

  private static String share(double part, double whole, String impossible) {
    if (whole == 0) {
      throw new ToolFailureException("ZeroDivisionError: " + impossible);
    }
    return Quantity.percent(part / whole);
  }
}
