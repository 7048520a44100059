package org.whichflops.engine.tensor;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Role;

/** The dimension that a softmax runs over. */
public record SoftmaxArguments(int dim) implements Arguments {
  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.SOFTMAX_SIZE
        ? call.size(Role.X, dim)
        : NONE.attribute(attribute, call);
  }
}
