package org.whichflops.format.pt2;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Parameter;

/** A module as the file tells it: its class and what it owns. Its calls are steps of the root. */
final class FileModule extends Module {
  FileModule(ModuleType type) {
    super(type);
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
}
