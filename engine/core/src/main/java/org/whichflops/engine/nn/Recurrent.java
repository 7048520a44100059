package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Recurrence;
import org.whichflops.engine.tensor.RecurrentArguments;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.RNN}, {@code nn.GRU}, {@code nn.LSTM} and their cells. */
public final class Recurrent extends Module {
  private final RecurrentArguments arguments;

  private Recurrent(RecurrentArguments arguments) {
    super(ModuleType.nn("rnn", name(arguments)));
    this.arguments = arguments;
    if (arguments.cell()) {
      weights("", arguments.inputSize());
    } else {
      layers();
    }
  }

  private static String name(RecurrentArguments arguments) {
    String kind =
        switch (arguments.gates()) {
          case 1 -> "RNN";
          case 3 -> "GRU";
          default -> "LSTM";
        };
    return arguments.cell() ? kind + "Cell" : kind;
  }

  private void layers() {
    int directions = arguments.bidirectional() ? 2 : 1;
    for (int layer = 0; layer < arguments.layers(); layer++) {
      int in = layer == 0 ? arguments.inputSize() : arguments.stateSize() * directions;
      weights("_l" + layer, in);
      if (arguments.bidirectional()) {
        weights("_l" + layer + "_reverse", in);
      }
    }
  }

  private void weights(String suffix, long in) {
    long rows = (long) arguments.gates() * arguments.hiddenSize();
    parameter("weight_ih" + suffix, rows, in);
    parameter("weight_hh" + suffix, rows, arguments.stateSize());
    if (arguments.bias()) {
      parameter("bias_ih" + suffix, rows);
      parameter("bias_hh" + suffix, rows);
    }
    if (arguments.projection() > 0) {
      parameter("weight_hr" + suffix, arguments.projection(), arguments.hiddenSize());
    }
  }

  private static Recurrent of(int gates, boolean cell, int in, int hidden) {
    return new Recurrent(new RecurrentArguments(in, hidden, 0, 1, false, true, false, gates, cell));
  }

  /** {@code nn.RNN(in, hidden)}. */
  public static Recurrent rnn(int in, int hidden) {
    return of(1, false, in, hidden);
  }

  /** {@code nn.GRU(in, hidden)}. */
  public static Recurrent gru(int in, int hidden) {
    return of(3, false, in, hidden);
  }

  /** {@code nn.LSTM(in, hidden)}. */
  public static Recurrent lstm(int in, int hidden) {
    return of(4, false, in, hidden);
  }

  /** {@code nn.RNNCell(in, hidden)}. */
  public static Recurrent rnnCell(int in, int hidden) {
    return of(1, true, in, hidden);
  }

  /** {@code nn.GRUCell(in, hidden)}. */
  public static Recurrent gruCell(int in, int hidden) {
    return of(3, true, in, hidden);
  }

  /** {@code nn.LSTMCell(in, hidden)}. */
  public static Recurrent lstmCell(int in, int hidden) {
    return of(4, true, in, hidden);
  }

  /** The same with {@code num_layers}. */
  public Recurrent layers(int layers) {
    return with(arguments.projection(), layers, arguments.bidirectional(), arguments.bias());
  }

  /** The same with {@code bidirectional=True}. */
  public Recurrent bidirectional() {
    return with(arguments.projection(), arguments.layers(), true, arguments.bias());
  }

  /** The same with {@code bias=False}. */
  public Recurrent noBias() {
    return with(arguments.projection(), arguments.layers(), arguments.bidirectional(), false);
  }

  /** The same with {@code proj_size}; nn.LSTM only. */
  public Recurrent projection(int size) {
    return with(size, arguments.layers(), arguments.bidirectional(), arguments.bias());
  }

  /** The same with {@code batch_first=True}. */
  public Recurrent batchFirst() {
    return new Recurrent(
        new RecurrentArguments(
            arguments.inputSize(),
            arguments.hiddenSize(),
            arguments.projection(),
            arguments.layers(),
            arguments.bidirectional(),
            arguments.bias(),
            true,
            arguments.gates(),
            arguments.cell()));
  }

  private Recurrent with(int projection, int layers, boolean bidirectional, boolean bias) {
    return new Recurrent(
        new RecurrentArguments(
            arguments.inputSize(),
            arguments.hiddenSize(),
            projection,
            layers,
            bidirectional,
            bias,
            arguments.batchFirst(),
            arguments.gates(),
            arguments.cell()));
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    StringBuilder text = new StringBuilder();
    text.append(arguments.inputSize()).append(", ").append(arguments.hiddenSize());
    if (arguments.projection() > 0) {
      text.append(", proj_size=").append(arguments.projection());
    }
    if (arguments.layers() != 1) {
      text.append(", num_layers=").append(arguments.layers());
    }
    if (!arguments.bias()) {
      text.append(", bias=False");
    }
    if (arguments.batchFirst()) {
      text.append(", batch_first=True");
    }
    if (arguments.bidirectional()) {
      text.append(", bidirectional=True");
    }
    return text.toString();
  }

  @Override
  protected Tensor forward(Tensor x) {
    return forward(new Tensor[] {x})[0];
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    return arguments.cell()
        ? Recurrence.cell(inputs[0], arguments)
        : Recurrence.layer(inputs[0], arguments);
  }

  /** The hyperparameters. */
  public RecurrentArguments hyperparameters() {
    return arguments;
  }

  /** Whether it is {@code nn.LSTM}, which returns {@code output, (h, c)}. */
  public boolean returnsCellState() {
    return arguments.gates() == 4 && !arguments.cell();
  }
}
