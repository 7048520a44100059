package org.whichflops.engine.tensor;

import org.whichflops.engine.shape.ShapeException;

/**
 * Recurrent layers and cells: one operator each, which states the arithmetic of the whole, and
 * inside it the products that ATen runs (aten/src/ATen/native/RNN.cpp). Gates and updates between
 * the products are not recorded.
 */
public final class Recurrence {
  private Recurrence() {}

  /**
   * A layer over a sequence {@code [T, B, I]}, {@code [B, T, I]} or {@code [T, I]}: the outputs of
   * every step, then the last state; an LSTM's cell state after it.
   */
  public static Tensor[] layer(Tensor x, RecurrentArguments arguments) {
    if ((x.rank() != 2 && x.rank() != 3) || x.size(-1) != arguments.inputSize()) {
      throw new ShapeException(
          "%s expects [steps, batch, %d] or [steps, %d] but its input is %s"
              .formatted(name(arguments), arguments.inputSize(), arguments.inputSize(), x));
    }
    ForwardPass pass = x.pass();
    int directions = arguments.bidirectional() ? 2 : 1;
    Tensor y = pass.resizable(x);
    y.set(y.rank() - 1, (long) directions * arguments.stateSize());
    Tensor state =
        state(x, arguments, (long) directions * arguments.layers(), arguments.stateSize());
    Tensor[] outputs =
        arguments.gates() == 4
            ? new Tensor[] {
              y,
              state,
              state(x, arguments, (long) directions * arguments.layers(), arguments.hiddenSize())
            }
            : new Tensor[] {y, state};
    if (arguments.batchFirst() && x.rank() == 3) {
      Layout.stepsFirst(y); // what it is a view of
    }
    Call outer = pass.begin(Function.named("torch." + name(arguments)), arguments).in(x);
    Call whole = pass.begin(operator(arguments), arguments).in(x);
    RecurrentProducts.ofLayer(whole, arguments);
    pass.end(whole, outputs);
    return pass.end(outer, outputs);
  }

  private static Tensor state(Tensor x, RecurrentArguments arguments, long count, long features) {
    Tensor state = x.pass().tensor(x.rank());
    state.set(0, count);
    if (x.rank() == 3) {
      state.set(1, x.size(arguments.batchFirst() ? 0 : 1));
    }
    state.set(x.rank() - 1, features);
    return state;
  }

  /** One step over {@code [B, I]} or {@code [I]}: the state, and an LSTM's cell state after it. */
  public static Tensor[] cell(Tensor x, RecurrentArguments arguments) {
    if (x.rank() < 1 || x.rank() > 2 || x.size(-1) != arguments.inputSize()) {
      throw new ShapeException(
          "%s cell expects [batch, %d] but its input is %s"
              .formatted(name(arguments), arguments.inputSize(), x));
    }
    Tensor[] outputs = new Tensor[arguments.gates() == 4 ? 2 : 1];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = x.pass().resizable(x);
      outputs[i].set(x.rank() - 1, arguments.hiddenSize());
    }
    ForwardPass pass = x.pass();
    Call outer = pass.begin(Function.named("torch." + name(arguments) + "_cell"), arguments).in(x);
    Call whole = pass.begin(operator(arguments), arguments).in(x);
    RecurrentProducts.ofCell(whole, arguments);
    pass.end(whole, outputs);
    return pass.end(outer, outputs);
  }

  private static Operator operator(RecurrentArguments arguments) {
    return switch (arguments.gates()) {
      case 1 -> Aten.RNN;
      case 3 -> Aten.GRU;
      default -> Aten.LSTM;
    };
  }

  private static String name(RecurrentArguments arguments) {
    return switch (arguments.gates()) {
      case 1 -> "rnn_tanh";
      case 3 -> "gru";
      default -> "lstm";
    };
  }
}
