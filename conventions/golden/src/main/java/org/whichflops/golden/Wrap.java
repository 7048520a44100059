package org.whichflops.golden;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;

/**
 * The root of most layer cases: calls its child {@code m} and returns what that returns.
 *
 * <p>Results name modules {@code <root>} and {@code m}, so there is one such wrapper around every
 * layer and every function. It returns a tuple as it is: pthflops stops at {@code return m} for
 * layers that return one (LSTM, GRU, LSTMCell) and not for those that return a tensor (GRUCell).
 */
final class Wrap extends Module {
  private static final ModuleType TYPE = ModuleType.of("Wrap");

  /** How the child is called with the wrapper's input. */
  @FunctionalInterface
  interface Calling {
    Tensor[] call(Module m, Tensor x);
  }

  private final Module m;
  private final Calling calling;

  /** Calls the child with the input alone. */
  Wrap(Module m) {
    this(m, (child, x) -> child.call(new Tensor[] {x}));
  }

  Wrap(Module m, Calling calling) {
    super(TYPE);
    this.m = child("m", m);
    this.calling = calling;
  }

  @Override
  public boolean returnsDict() {
    return m.returnsDict();
  }

  @Override
  protected Tensor forward(Tensor x) {
    return calling.call(m, x)[0];
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    return calling.call(m, inputs[0]);
  }
}
