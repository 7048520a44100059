package org.whichflops.engine.tensor;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.UnknownQuantityException;

/** What a call is given beside tensors, answering for the attributes that formulas name. */
@FunctionalInterface
public interface Arguments {
  /** No arguments: no attributes but those of what is called. */
  Arguments NONE = (attribute, call) -> call.callee().attribute(attribute);

  /**
   * The value of one attribute.
   *
   * @throws UnknownQuantityException where the call has no such attribute
   */
  long attribute(Attribute attribute, Call call);
}
