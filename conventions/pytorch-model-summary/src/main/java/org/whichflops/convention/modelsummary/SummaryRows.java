package org.whichflops.convention.modelsummary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Tensor;

/** The rows of a summary in the order in which their hooks run (model_summary.py:48-105). */
record SummaryRows(List<SummaryRow> all) {
  /** Keeps the list as it is. */
  SummaryRows {
    all = List.copyOf(all);
  }

  /**
   * The rows of one forward pass.
   *
   * @param showInput whether the hooks run before a module, and the shapes are its inputs'
   * @throws org.whichflops.convention.ToolFailureException where something else than a tensor is
   *     given or returned
   */
  static SummaryRows of(Network network, ForwardPass pass, int maxDepth, boolean showInput) {
    ShownModules shown = new ShownModules(network, maxDepth);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      if (shown.contains(pass.call(i).callee())) {
        calls.add(pass.call(i));
      }
    }
    if (!showInput) {
      calls.sort(
          Comparator.comparingInt(Call::end)
              .thenComparing(Comparator.comparingInt(Call::index).reversed()));
    }
    List<SummaryRow> rows = new ArrayList<>();
    Set<Callee> mapped = new HashSet<>();
    for (Call call : calls) {
      if (call.callee() instanceof Module module && mapped.add(module)) {
        ModelSummaryCounter.checkTensors(module, !showInput);
        rows.add(
            new SummaryRow(
                module.type().name() + "-" + (rows.size() + 1),
                shown.parentsOf(module),
                showInput ? inputs(call) : outputs(call),
                module));
      }
    }
    return new SummaryRows(rows);
  }

  private static String inputs(Call call) {
    StringBuilder shapes = new StringBuilder();
    for (int i = 0; i < call.inputCount(); i++) {
      list(shapes, call.input(i));
    }
    return shapes.toString();
  }

  private static String outputs(Call call) {
    StringBuilder shapes = new StringBuilder();
    for (int i = 0; i < call.outputCount(); i++) {
      list(shapes, call.output(i));
    }
    return shapes.toString();
  }

  /** {@code str(list(x.size()))}, after what is there already. */
  private static void list(StringBuilder shapes, Tensor tensor) {
    shapes.append(shapes.isEmpty() ? "[" : ", [");
    for (int i = 0; i < tensor.rank(); i++) {
      shapes.append(i == 0 ? "" : ", ").append(tensor.size(i));
    }
    shapes.append(']');
  }

  /** The elements of the parameters of all rows. */
  long parameters() {
    return all.stream().mapToLong(SummaryRow::parameters).reduce(0, Math::addExact);
  }

  /** The elements of those with gradients. */
  long trainable() {
    return all.stream().mapToLong(SummaryRow::trainable).reduce(0, Math::addExact);
  }
}
