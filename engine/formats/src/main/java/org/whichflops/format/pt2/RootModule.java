package org.whichflops.format.pt2;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** The outermost module: replays the program over whatever it is given. */
final class RootModule extends Module {
  private final FileInput input;
  private int[] inputs = {};
  private int[] outputs = {};
  private List<Step> steps = List.of();
  private @Nullable Parameter[] owned = {};

  RootModule(ModuleType type, FileInput input) {
    super(type);
    this.input = input;
  }

  void add(String name, Module module) {
    child(name, module);
  }

  void own(String name, Parameter parameter) {
    parameter(name, parameter);
  }

  void keep(String name, Parameter buffer) {
    buffer(name, buffer.shape().sizes());
  }

  /** Sets what the forward does, once the modules that it calls are there. */
  void replay(int[] inputs, List<Step> steps, int[] outputs, @Nullable Parameter[] owned) {
    this.inputs = inputs;
    this.steps = steps;
    this.outputs = outputs;
    this.owned = owned;
  }

  @Override
  protected Tensor[] forward(Tensor... given) {
    if (given.length != inputs.length) {
      throw new ShapeException(
          "%d inputs are expected but there are %d".formatted(inputs.length, given.length));
    }
    Shape[] shapes = new Shape[given.length];
    for (int i = 0; i < given.length; i++) {
      shapes[i] = given[i].shape();
    }
    Run run = new Run(given[0].pass(), input.symbols(shapes), owned);
    for (int i = 0; i < given.length; i++) {
      run.input(inputs[i], given[i]);
    }
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).run(run);
    }
    return run.tensors(outputs);
  }
}
