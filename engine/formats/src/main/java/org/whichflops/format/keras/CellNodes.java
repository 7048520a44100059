package org.whichflops.format.keras;

import org.whichflops.engine.tensor.Tensor;

/**
 * The graph nodes of one step of a recurrent cell (keras/src/layers/rnn: lstm.py, gru.py,
 * simple_rnn.py, with implementation 2).
 *
 * @param units features of the state
 * @param resetAfter whether a GRU resets after its product with the state
 */
record CellNodes(
    int gates,
    int units,
    boolean bias,
    boolean resetAfter,
    KerasActivation activation,
    KerasActivation recurrentActivation) {

  /** Adds the nodes of a step over {@code [N, I]}; returns the states after it. */
  Tensor[] step(Tensor x, Tensor... states) {
    return switch (gates) {
      case 1 -> simple(x, states[0]);
      case 3 -> gru(x, states[0]);
      default -> lstm(x, states[0], states[1]);
    };
  }

  private static Tensor tensor(Tensor x, long features) {
    return Tf.tensor(x, x.size(0), features);
  }

  private Tensor product(Tensor x, long features) {
    return Tf.node("MatMul", tensor(x, features), x);
  }

  private Tensor biased(Tensor x) {
    return bias ? Tf.add(tensor(x, x.size(1)), x, Tf.tensor(x, x.size(1))) : x;
  }

  private static Tensor part(Tensor x, long features) {
    return Tf.node("Split", tensor(x, features), x);
  }

  private static Tensor binary(String op, Tensor x, Tensor x2) {
    return Tf.node(op, tensor(x, x.size(1)), x, x2);
  }

  private static Tensor activated(KerasActivation activation, Tensor x) {
    Tensor y = Tf.node("Identity", tensor(x, x.size(1)), x);
    activation.nodes().accept(y);
    return y;
  }

  private Tensor[] simple(Tensor x, Tensor h) {
    Tensor sum = biased(product(x, units));
    Tensor y = binary("AddV2", sum, product(h, units));
    return new Tensor[] {activated(activation, y)};
  }

  private Tensor[] lstm(Tensor x, Tensor h, Tensor c) {
    Tensor z = product(x, 4L * units);
    Tensor recurrent = product(h, 4L * units);
    z = biased(Tf.add(tensor(x, 4L * units), z, recurrent));
    Tensor gate = activated(recurrentActivation, part(z, units)); // one of three
    recurrentActivation.nodes().accept(gate);
    recurrentActivation.nodes().accept(gate);
    Tensor candidate = activated(activation, part(z, units));
    Tensor kept = binary("Mul", gate, c);
    Tensor added = binary("Mul", gate, candidate);
    Tensor carry = binary("AddV2", kept, added);
    return new Tensor[] {binary("Mul", gate, activated(activation, carry)), carry};
  }

  private Tensor[] gru(Tensor x, Tensor h) {
    Tensor matrix = biased(product(x, 3L * units));
    Tensor inner = product(h, (resetAfter ? 3L : 2L) * units);
    if (resetAfter && bias) {
      // "+=" on a tensor, not keras.ops.add: never a BiasAdd
      Tensor recurrentBias = Tf.tensor(x, 3L * units);
      inner = Tf.node("AddV2", tensor(x, 3L * units), inner, recurrentBias);
    }
    Tensor update = gate(matrix, inner);
    Tensor reset = gate(matrix, inner);
    Tensor recurrent =
        resetAfter
            ? binary("Mul", reset, part(inner, units))
            : product(binary("Mul", reset, h), units);
    Tensor candidate = activated(activation, binary("AddV2", part(matrix, units), recurrent));
    Tensor kept = binary("Mul", update, h);
    Tensor rest = Tf.node("Sub", tensor(x, units), update);
    Tensor added = binary("Mul", rest, candidate);
    return new Tensor[] {binary("AddV2", kept, added)};
  }

  private Tensor gate(Tensor matrix, Tensor inner) {
    return activated(recurrentActivation, binary("AddV2", part(matrix, units), part(inner, units)));
  }
}
