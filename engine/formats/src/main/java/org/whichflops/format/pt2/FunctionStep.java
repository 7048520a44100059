package org.whichflops.format.pt2;

import java.util.List;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Tensor;

/** A call of a function that the engine has: what it gives is held against the file. */
final class FunctionStep<A extends Arguments> implements Step {
  /** Calls the function. */
  @FunctionalInterface
  interface Body<A extends Arguments> {
    Tensor[] call(Run run, A arguments);
  }

  /** The same for functions of one result. */
  @FunctionalInterface
  interface Single<A extends Arguments> {
    Tensor call(Run run, A arguments);
  }

  private final NodeReader.Made<A> arguments;
  private final Body<A> body;
  private final Run.Output[] outputs;

  private FunctionStep(NodeReader.Made<A> arguments, Body<A> body, Run.Output... outputs) {
    this.arguments = arguments;
    this.body = body;
    this.outputs = outputs;
  }

  /** A function of one result. */
  static <A extends Arguments> FunctionStep<A> of(
      NodeReader.Made<A> arguments, Run.Output output, Single<A> body) {
    return new FunctionStep<>(arguments, (run, a) -> new Tensor[] {body.call(run, a)}, output);
  }

  /** A function that formulas ask nothing but its tensors. */
  static FunctionStep<Arguments> of(Run.Output output, Single<Arguments> body) {
    return of(symbols -> Arguments.NONE, output, body);
  }

  /** A function of several results; those that the file does not have are dropped. */
  static <A extends Arguments> FunctionStep<A> of(
      NodeReader.Made<A> arguments, List<Run.Output> outputs, Body<A> body) {
    return new FunctionStep<>(arguments, body, outputs.toArray(Run.Output[]::new));
  }

  @Override
  public void run(Run run) {
    Tensor[] results = body.call(run, arguments.at(run.symbols()));
    run.set(outputs[0], results[0]);
    // The rest are states, indices and statistics, of which torch itself writes wrong sizes.
    for (int i = 1; i < outputs.length; i++) {
      run.make(outputs[i]);
    }
  }

  @Override
  public Arguments arguments(Run run) {
    return arguments.at(run.symbols());
  }
}
