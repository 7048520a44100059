package org.whichflops.convention.modelsummary;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;

/**
 * A row of the summary.
 *
 * @param name the class and the row's number: {@code Conv2d-1}
 * @param parents the classes above it: {@code ResNet/BasicBlock}
 * @param shapes of the outputs or inputs, as Python prints lists: {@code [1, 64, 55, 55]}
 * @param module the module
 */
record SummaryRow(String name, String parents, String shapes, Module module) {
  /** The elements of all its parameters. */
  long parameters() {
    return module.parameterCount();
  }

  /** The elements of those with gradients. */
  long trainable() {
    return Network.parametersOf(module, true);
  }
}
