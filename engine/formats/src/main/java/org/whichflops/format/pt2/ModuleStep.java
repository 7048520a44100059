package org.whichflops.format.pt2;

import java.util.List;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Tensor;

/** A call of a module, and in it whatever its forward calls. */
final class ModuleStep implements Step {
  private final Module module;
  private final int[] inputs;
  private final List<Step> steps;
  private final int[] outputs;

  ModuleStep(Module module, int[] inputs, List<Step> steps, int[] outputs) {
    this.module = module;
    this.inputs = inputs;
    this.steps = steps;
    this.outputs = outputs;
  }

  @Override
  public void run(Run run) {
    ForwardPass pass = run.pass();
    Call call = pass.begin(module, arguments(run));
    for (int slot : inputs) {
      pass.input(call, run.tensor(slot));
    }
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).run(run);
    }
    Tensor[] results = run.tensors(outputs);
    pass.end(call, results);
  }

  /** What formulas ask a layer for is what they would ask the function for that it calls. */
  @Override
  public Arguments arguments(Run run) {
    for (int i = steps.size() - 1; i >= 0; i--) {
      Arguments arguments = steps.get(i).arguments(run);
      if (!(steps.get(i) instanceof ModuleStep) && arguments != Arguments.NONE) {
        return arguments;
      }
    }
    return Arguments.NONE;
  }
}
