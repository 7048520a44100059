package org.whichflops.engine.tensor;

import org.whichflops.engine.formula.Attribute;

/** The products that ATen runs for a recurrent layer (torch 2.6, aten/src/ATen/native/RNN.cpp). */
final class RecurrentProducts {
  private final ForwardPass pass;
  private final RecurrentArguments arguments;
  private final long batch;
  private final long gates;

  private RecurrentProducts(Call whole, RecurrentArguments arguments) {
    this.pass = whole.input(0).pass();
    this.arguments = arguments;
    this.batch = whole.attribute(Attribute.BATCH);
    this.gates = (long) arguments.gates() * arguments.hiddenSize();
  }

  /** One step: the input's product and the state's. */
  static void ofCell(Call whole, RecurrentArguments arguments) {
    RecurrentProducts products = new RecurrentProducts(whole, arguments);
    products.ofInput(products.batch, arguments.inputSize(), true);
    products.ofState();
  }

  /** Every step of every layer and direction. */
  static void ofLayer(Call whole, RecurrentArguments arguments) {
    Tensor x = whole.input(0);
    RecurrentProducts products = new RecurrentProducts(whole, arguments);
    long steps = whole.attribute(Attribute.STEPS);
    int directions = arguments.bidirectional() ? 2 : 1;
    boolean cpu = x.pass().decidingMode().device() == Device.CPU;
    for (int layer = 0; layer < arguments.layers(); layer++) {
      // Only the first layer's input may be a view; what a layer hands on is stacked anew.
      boolean plain = layer > 0 || stepsFirst(x, arguments);
      long in = layer == 0 ? arguments.inputSize() : (long) directions * arguments.stateSize();
      for (int direction = 0; direction < directions; direction++) {
        products.ofDirection(cpu, steps, in, plain);
      }
    }
  }

  /** Whether the input lies row by row once its steps are the first dimension. */
  private static boolean stepsFirst(Tensor x, RecurrentArguments arguments) {
    if (!arguments.batchFirst() || x.rank() < 3) {
      return x.isContiguous();
    }
    Tensor transposed = x.pass().tensor(3);
    int[] dims = {1, 0, 2};
    for (int i = 0; i < 3; i++) {
      transposed.set(i, x.size(dims[i]));
    }
    return Layout.rearranged(transposed, x, dims).isContiguous();
  }

  private void ofDirection(boolean cpu, long steps, long in, boolean plain) {
    if (cpu && arguments.gates() == 4 && arguments.projection() == 0) {
      Tensor x = matrix(Math.multiplyExact(steps, batch), in);
      pass.end(
          pass.begin(Aten.RECURRENT_KERNEL, Arguments.NONE).in(x),
          matrix(x.size(0), arguments.hiddenSize()));
      return;
    }
    if (cpu) {
      ofInput(Math.multiplyExact(steps, batch), in, plain); // of all steps at once
    }
    for (long step = 0; step < steps; step++) {
      if (cpu) {
        ofState();
      } else if (arguments.gates() == 3) {
        ofInput(batch, in, true);
        ofState();
      } else {
        ofState();
        ofInput(batch, in, true);
      }
      if (arguments.projection() > 0) {
        linear(batch, arguments.hiddenSize(), arguments.projection(), false, true);
      }
    }
  }

  private void ofInput(long rows, long in, boolean plain) {
    linear(rows, in, gates, arguments.bias(), plain);
  }

  private void ofState() {
    linear(batch, arguments.stateSize(), gates, arguments.bias(), true);
  }

  /** As {@link Products#linear} over a matrix, or over a view of one that is not plain. */
  private void linear(long rows, long in, long out, boolean biased, boolean plain) {
    Tensor x = matrix(rows, in);
    Tensor weight = matrix(in, out);
    Tensor y = matrix(rows, out);
    AddedArguments added = AddedArguments.of(biased);
    if (!biased) {
      Recording.operator(Aten.RECURRENT_MM, added, x, weight, y);
      return;
    }
    Tensor bias = pass.tensor(1);
    bias.set(0, out);
    if (plain) {
      pass.end(pass.begin(Aten.RECURRENT_ADDMM, added).in(bias).in(x).in(weight), y);
    } else {
      Recording.operator(Aten.RECURRENT_MM, added, x, weight, y);
      Recording.operator(
          Aten.RECURRENT_ADD, ElementwiseArguments.INSTANCE, y, bias, matrix(rows, out));
    }
  }

  private Tensor matrix(long rows, long columns) {
    Tensor matrix = pass.tensor(2);
    matrix.set(0, rows);
    matrix.set(1, columns);
    return matrix;
  }
}
