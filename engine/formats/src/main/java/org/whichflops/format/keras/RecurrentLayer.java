package org.whichflops.format.keras;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Recurrence;
import org.whichflops.engine.tensor.RecurrentArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.format.json.Json;

/** {@code LSTM}, {@code GRU}, {@code SimpleRNN}, and {@code RNN} over cells of these kinds. */
final class RecurrentLayer extends KerasModule {
  private static final int MOST_STEPS = 10_000;

  private final List<RecurrentCell> cells = new ArrayList<>();
  private final boolean sequences;
  private final boolean states;
  private final boolean unrolled;

  RecurrentLayer(LayerSpec spec) {
    super(spec);
    sequences = config().flag("return_sequences", false);
    states = config().flag("return_state", false);
    unrolled = config().flag("unroll", false);
    String own =
        switch (spec.className()) {
          case "LSTM" -> "lstm_cell";
          case "GRU" -> "gru_cell";
          case "SimpleRNN" -> "simple_rnn_cell";
          default -> "";
        };
    if (!own.isEmpty()) {
      cells.add(child(own, new RecurrentCell(spec.part(spec.className() + "Cell", own))));
      return;
    }
    Json cell = config().at("cell");
    List<Json> objects =
        cell.at("class_name").text().equals("StackedRNNCells")
            ? cell.at("config").at("cells").items()
            : List.of(cell);
    for (Json object : objects) {
      LayerSpec inner = LayerSpec.of(object, spec.trainable(), spec.notes());
      cells.add(
          child(
              inner.name() + (cells.isEmpty() ? "" : "_" + cells.size()),
              new RecurrentCell(inner)));
    }
    if (cells.isEmpty()) {
      throw cell.error("expected one cell or more");
    }
  }

  @Override
  void build(Tensor[] inputs) {
    if (inputs[0].rank() != 3) {
      throw refuses("[batch, steps, features]", inputs[0]);
    }
    int features = Math.toIntExact(inputs[0].size(2));
    for (RecurrentCell cell : cells) {
      cell.make(features);
      features = cell.units();
    }
  }

  @Override
  Tensor[] run(Tensor[] inputs) {
    Tensor x = inputs[0];
    if (x.rank() != 3) {
      throw refuses("[batch, steps, features]", x);
    }
    Tensor y = x;
    List<Tensor> last = new ArrayList<>();
    for (RecurrentCell cell : cells) {
      RecurrentArguments arguments = cell.arguments(Math.toIntExact(y.size(2)));
      Tensor[] results = Recurrence.layer(y, arguments);
      for (int i = 0; i < cell.biases(); i++) {
        // The operator adds none: it would add two a gate, and Keras has one in most layers.
        Tensor sums = Tf.tensor(x, x.size(0), x.size(1), (long) cell.gates() * cell.units());
        Torch.add(sums, Tf.tensor(x, (long) cell.gates() * cell.units()));
      }
      y = results[0];
      for (int i = 1; i < results.length; i++) {
        last.add(results[i].squeeze(0));
      }
    }
    nodes(x);
    Tensor output = sequences ? y : y.get(1, -1);
    Tf.node("TensorListStack", output);
    List<Tensor> outputs = new ArrayList<>();
    outputs.add(output);
    if (states) {
      last.forEach(state -> outputs.add(Tf.node("TensorListStack", state)));
    }
    return outputs.toArray(Tensor[]::new);
  }

  /**
   * The body of TensorFlow's loop stands in the graph once; its states come from a Merge node,
   * whose shape nobody knows. Unrolled, it stands there for every step.
   */
  private void nodes(Tensor x) {
    long steps = unrolled ? x.size(1) : 1;
    if (steps > MOST_STEPS) {
      throw new ShapeException(
          "%s is unrolled over %d steps; at most %d are followed"
              .formatted(type().name(), steps, MOST_STEPS));
    }
    Tensor[][] state = new Tensor[cells.size()][];
    for (int i = 0; i < state.length; i++) {
      state[i] = new Tensor[cells.get(i).gates() == 4 ? 2 : 1];
      for (int s = 0; s < state[i].length; s++) {
        Tensor zeros = Tf.tensor(x, x.size(0), cells.get(i).units());
        state[i][s] = Tf.node(unrolled ? "Const" : "Merge", zeros);
      }
    }
    for (long step = 0; step < steps; step++) {
      Tensor at = Tf.node("TensorListGetItem", Tf.tensor(x, x.size(0), x.size(2)));
      for (int i = 0; i < state.length; i++) {
        state[i] = cells.get(i).nodes().step(at, state[i]);
        at = state[i][0];
      }
    }
  }
}
