package org.whichflops.convention.fvcore;

import java.util.function.UnaryOperator;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Tensor;

/** A network that calls a function of its input and nothing else. */
final class Calls extends Module {
  private final UnaryOperator<Tensor> function;

  private Calls(UnaryOperator<Tensor> function) {
    super(ModuleType.of("Calls"));
    this.function = function;
  }

  static Network network(UnaryOperator<Tensor> function, long... input) {
    return new Network("calls", new Calls(function), InputSize.fixed(input));
  }

  @Override
  protected Tensor forward(Tensor x) {
    return function.apply(x);
  }
}
