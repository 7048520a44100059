package org.whichflops.engine.tensor;

import org.whichflops.engine.formula.Attribute;

/**
 * The hyperparameters of a recurrent layer or cell.
 *
 * @param inputSize features of the input
 * @param hiddenSize features of the hidden state
 * @param projection features the state is projected to, 0 for none
 * @param layers stacked layers
 * @param bidirectional whether a second network runs backwards
 * @param bias whether every gate adds two biases
 * @param batchFirst whether the batch comes before the time steps
 * @param gates RNN 1, GRU 3, LSTM 4
 * @param cell whether it is a single step over {@code [batch, features]}
 */
public record RecurrentArguments(
    int inputSize,
    int hiddenSize,
    int projection,
    int layers,
    boolean bidirectional,
    boolean bias,
    boolean batchFirst,
    int gates,
    boolean cell)
    implements Arguments {

  /** Features of the state handed on. */
  public int stateSize() {
    return projection > 0 ? projection : hiddenSize;
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    Tensor x = call.input(0);
    return switch (attribute) {
      case IN_FEATURES -> inputSize;
      case HIDDEN -> hiddenSize;
      case STATE -> stateSize();
      case LAYERS -> layers;
      case DIRECTIONS -> bidirectional ? 2 : 1;
      case BIAS -> bias ? 1 : 0;
      case GATES -> gates;
      case PRODUCTS -> products();
      case PROJECTED -> projection > 0 ? 1 : 0;
      case SEQUENCE -> cell ? x.size(0) : Math.multiplyExact(x.size(0), x.size(1));
      case STEPS -> cell ? 1 : x.rank() < 3 ? x.size(0) : x.size(batchFirst ? 1 : 0);
      case BATCH ->
          cell ? (x.rank() < 2 ? 1 : x.size(0)) : x.rank() < 3 ? 1 : x.size(batchFirst ? 0 : 1);
      default -> NONE.attribute(attribute, call);
    };
  }

  /** Every gate weighs the layer's input and its state; the first layer reads the input. */
  private long products() {
    long directions = bidirectional ? 2 : 1;
    long inputs = inputSize + (layers - 1) * directions * stateSize();
    long gateProducts = (long) gates * hiddenSize * (inputs + (long) layers * stateSize());
    return directions * (gateProducts + (long) layers * projection * hiddenSize);
  }
}
