package org.whichflops.format.keras;

import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.RecurrentArguments;
import org.whichflops.engine.tensor.Tensor;

/** {@code LSTMCell}, {@code GRUCell} or {@code SimpleRNNCell}: the weights of a recurrent layer. */
final class RecurrentCell extends KerasModule {
  private final int gates;
  private final int units;
  private final boolean bias;
  private final boolean resetAfter;
  private final CellNodes nodes;

  RecurrentCell(LayerSpec spec) {
    super(spec);
    gates =
        switch (spec.className()) {
          case "LSTMCell" -> 4;
          case "GRUCell" -> 3;
          case "SimpleRNNCell" -> 1;
          default ->
              throw spec.config()
                  .error(
                      "a cell of class '%s' is not known; known are LSTMCell, GRUCell, SimpleRNNCell"
                          .formatted(spec.className()));
        };
    units = config().at("units").whole(1);
    bias = config().flag("use_bias", true);
    resetAfter = gates == 3 && config().flag("reset_after", true);
    expect("activation", "tanh");
    expect("recurrent_activation", "sigmoid");
    nodes =
        new CellNodes(
            gates,
            units,
            bias,
            resetAfter,
            KerasActivation.of(spec, "activation"),
            gates == 1 ? KerasActivation.NONE : KerasActivation.of(spec, "recurrent_activation"));
  }

  private void expect(String key, String usual) {
    if (!config().text(key, usual).equals(usual)) {
      spec()
          .notes()
          .add(
              "%s of layer '%s' is counted as a %s in raw arithmetic"
                  .formatted(key, spec().name(), usual));
    }
  }

  int gates() {
    return gates;
  }

  int units() {
    return units;
  }

  /** Biases added to every gate. */
  int biases() {
    return bias ? (resetAfter ? 2 : 1) : 0;
  }

  CellNodes nodes() {
    return nodes;
  }

  /** Makes the weights for inputs of so many features. */
  void make(int features) {
    weight("kernel", features, (long) gates * units);
    weight("recurrent_kernel", units, (long) gates * units);
    if (resetAfter && bias) {
      weight("bias", 2, (long) gates * units);
    } else if (bias) {
      weight("bias", (long) gates * units);
    }
  }

  /** The layer as the engine knows it, but without biases. */
  RecurrentArguments arguments(int features) {
    return new RecurrentArguments(features, units, 0, 1, false, false, true, gates, false);
  }

  @Override
  Tensor[] run(Tensor[] inputs) {
    throw new ShapeException(type().name() + " is called by a recurrent layer only");
  }
}
