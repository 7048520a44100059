package org.whichflops.golden;

import java.util.function.UnaryOperator;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;

/** A module without children or parameters that applies a function. */
final class Functional extends Module {
  /** No result shows the name that this class had. */
  private static final ModuleType TYPE = ModuleType.of("Functional");

  private final UnaryOperator<Tensor> function;

  Functional(UnaryOperator<Tensor> function) {
    super(TYPE);
    this.function = function;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return function.apply(x);
  }
}
