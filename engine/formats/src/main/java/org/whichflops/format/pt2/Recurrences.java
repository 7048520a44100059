package org.whichflops.format.pt2;

import java.util.List;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Recurrence;
import org.whichflops.engine.tensor.RecurrentArguments;

/** {@code lstm}, {@code gru}, {@code rnn_tanh} and their cells. */
final class Recurrences {
  private Recurrences() {}

  /** Gates of an operator or function of that name; 0 where it is none of these. */
  static int gates(String name) {
    if (name.contains("lstm")) {
      return 4;
    }
    return name.contains("gru") ? 3 : name.contains("rnn_") ? 1 : 0;
  }

  /** A layer over a sequence: weights come in a list, per layer and direction. */
  static Step layer(NodeReader node) {
    List<String> parameters = node.tensors("params");
    boolean bias = node.flag("has_biases", true);
    boolean bidirectional = node.flag("bidirectional", false);
    int layers = node.small("num_layers", 1);
    long sets = (bidirectional ? 2L : 1L) * layers;
    long each = sets < 1 ? 0 : parameters.size() / sets;
    if (each < 2 || parameters.size() % sets != 0) {
      throw node.problem(
          "%d weights are not those of %d layers".formatted(parameters.size(), layers));
    }
    boolean projected = each == (bias ? 5 : 3);
    int projection = projected ? size(node, parameters.get(bias ? 4 : 2), 0) : 0;
    int gates = gates(node.node().operator());
    RecurrentArguments arguments =
        new RecurrentArguments(
            size(node, parameters.get(0), 1),
            size(node, parameters.get(0), 0) / gates,
            projection,
            layers,
            bidirectional,
            bias,
            node.flag("batch_first", false),
            gates,
            false);
    return layer(arguments, node.slot("input"), node.outputs());
  }

  static Step layer(RecurrentArguments arguments, int x, Run.Output... outputs) {
    return FunctionStep.of(
        symbols -> arguments, List.of(outputs), (run, a) -> Recurrence.layer(run.tensor(x), a));
  }

  /** A single step. */
  static Step cell(NodeReader node) {
    String weight = node.tensor("w_ih");
    int gates = gates(node.node().operator());
    RecurrentArguments arguments =
        new RecurrentArguments(
            size(node, weight, 1),
            size(node, weight, 0) / gates,
            0,
            1,
            false,
            node.has("b_ih"),
            false,
            gates,
            true);
    return cell(arguments, node.slot("input"), node.outputs());
  }

  static Step cell(RecurrentArguments arguments, int x, Run.Output... outputs) {
    return FunctionStep.of(
        symbols -> arguments, List.of(outputs), (run, a) -> Recurrence.cell(run.tensor(x), a));
  }

  private static int size(NodeReader node, String weight, int dim) {
    Shape shape = node.shape(weight);
    if (shape.rank() != 2 || shape.size(dim) > Integer.MAX_VALUE) {
      throw node.problem("the weight '%s' is %s".formatted(weight, shape));
    }
    return (int) shape.size(dim);
  }
}
