package org.whichflops.format.pt2;

import org.whichflops.engine.tensor.Arguments;

/** A part of a forward that is replayed: a call of a module, a function or an operator. */
@FunctionalInterface
interface Step {
  /** Makes the call; what it reads and gives is kept in the run. */
  void run(Run run);

  /** What a module whose forward is this one step is asked for by formulas. */
  default Arguments arguments(Run run) {
    return Arguments.NONE;
  }
}
