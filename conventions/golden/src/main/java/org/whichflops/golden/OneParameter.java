package org.whichflops.golden;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;

/** Calls a module, beside a parameter that nothing uses. */
final class OneParameter extends Module {
  private static final ModuleType TYPE = ModuleType.of("OneParameter");

  private final Module module;

  OneParameter(Module module) {
    super(TYPE);
    parameter("dummy", 1);
    this.module = child("module", module);
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    return module.call(inputs);
  }
}
