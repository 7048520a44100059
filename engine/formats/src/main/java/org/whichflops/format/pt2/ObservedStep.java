package org.whichflops.format.pt2;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.Tensor;

/** A call of one operator, with the shapes that the file says; inside a function where known. */
final class ObservedStep implements Step {
  private final @Nullable Function function;
  private final Operator operator;
  private final Arguments operands;
  private final int[] inputs;
  private final Run.Output[] outputs;

  ObservedStep(
      @Nullable Function function,
      Operator operator,
      Arguments operands,
      int[] inputs,
      Run.Output... outputs) {
    this.function = function;
    this.operator = operator;
    this.operands = operands;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  @Override
  public void run(Run run) {
    Tensor[] given = run.tensors(inputs);
    Tensor[] made = run.make(outputs);
    if (function == null) {
      Observed.call(run.pass(), operator, operands, given, made);
    } else {
      Observed.call(run.pass(), function, operator, operands, given, made);
    }
  }

  @Override
  public Arguments arguments(Run run) {
    return operands;
  }
}
