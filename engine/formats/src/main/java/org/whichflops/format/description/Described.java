package org.whichflops.format.description;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Parameter;

/** A module that is being put together from a description. */
interface Described {
  /** The module itself. */
  Module module();

  /** Adds a child. */
  void attach(String name, Module module);

  /** Adds a parameter. */
  void addParameter(String name, Parameter parameter);

  /** Adds a buffer. */
  void addBuffer(String name, Shape shape);
}
