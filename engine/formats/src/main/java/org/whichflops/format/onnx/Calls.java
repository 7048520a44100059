package org.whichflops.format.onnx;

import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.Tensor;

/**
 * A function with the one operator that it runs as.
 *
 * @param function what PyTorch's Python calls it
 * @param operator what ATen calls it
 * @param arguments what formulas may ask for
 */
record Calls(Function function, Operator operator, Arguments arguments) {
  /** A function of one tensor or two that works element by element. */
  static Calls elementwise(String function, String operator) {
    return new Calls(Function.named(function), operator(operator), Observed.ELEMENTWISE);
  }

  /** Any other function. */
  static Calls of(String function, String operator) {
    return new Calls(Function.named(function), operator(operator), Arguments.NONE);
  }

  /** An operator that the engine has. */
  static Operator operator(String name) {
    Operator found = Observed.operator(name);
    if (found == null) {
      throw new IllegalStateException("the engine has no operator " + name);
    }
    return found;
  }

  Tensor call(ForwardPass pass, Tensor[] inputs, Tensor output) {
    return Observed.call(pass, function, operator, arguments, inputs, new Tensor[] {output})[0];
  }
}
