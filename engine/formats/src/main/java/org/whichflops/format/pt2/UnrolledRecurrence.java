package org.whichflops.format.pt2;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.RecurrentArguments;

/**
 * A recurrent layer that core ATen has step by step, gate by gate: its weights say what it is. They
 * are {@code weight_ih_l0}, {@code weight_hh_l0_reverse} and so on.
 */
final class UnrolledRecurrence {
  private final Values values;
  private final Border border;

  UnrolledRecurrence(Values values, Border border) {
    this.values = values;
    this.border = border;
  }

  /** The layer or cell; null where the weights are not known by these names. */
  @Nullable Step step(CallTree.Group group) {
    Map<String, Shape> weights = new HashMap<>();
    for (String name : border.ownedInputs(group.nodes())) {
      String path = values.path(name);
      weights.put(path.substring(path.lastIndexOf('.') + 1), values.constant(name));
    }
    boolean cell = group.function().endsWith("_cell");
    String suffix = cell ? "" : "_l0";
    Shape input = weights.get("weight_ih" + suffix);
    Shape hidden = weights.get("weight_hh" + suffix);
    if (input == null || hidden == null || input.rank() != 2 || hidden.rank() != 2) {
      return null;
    }
    Shape projection = weights.get("weight_hr" + suffix);
    int gates = Recurrences.gates(group.function());
    int layers = 1;
    while (weights.containsKey("weight_ih_l" + layers)) {
      layers++;
    }
    RecurrentArguments arguments =
        new RecurrentArguments(
            Math.toIntExact(input.size(1)),
            Math.toIntExact(input.size(0) / gates),
            projection == null ? 0 : Math.toIntExact(projection.size(0)),
            layers,
            weights.containsKey("weight_ih_l0_reverse"),
            weights.containsKey("bias_ih" + suffix),
            !cell && batchFirst(group),
            gates,
            cell);
    String x = input(group, arguments.inputSize());
    Run.Output[] outputs = values.outputs(border.outputs(group.nodes()));
    if (x == null || outputs.length != 1) {
      return null; // which output is which cannot be told
    }
    return cell
        ? Recurrences.cell(arguments, values.slot(x), outputs)
        : Recurrences.layer(arguments, values.slot(x), outputs);
  }

  /** The input is what is as wide as the first weight reads. */
  private @Nullable String input(CallTree.Group group, int features) {
    for (String name : border.givenInputs(group.nodes())) {
      List<SizeExpr> sizes = values.value(name).sizes();
      Long last = sizes.isEmpty() ? null : sizes.get(sizes.size() - 1).constant();
      if (last != null && last == features) {
        return name;
      }
    }
    return null;
  }

  /** With the batch first, the layer begins with a transposition. */
  private static boolean batchFirst(CallTree.Group group) {
    String first = group.nodes().get(0).operator();
    return first.equals("transpose") || first.equals("permute");
  }
}
