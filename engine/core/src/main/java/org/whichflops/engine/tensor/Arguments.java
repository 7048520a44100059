package org.whichflops.engine.tensor;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.UnknownQuantityException;

/** What a call is given beside tensors, answering for the attributes that formulas name. */
@FunctionalInterface
public interface Arguments {
  /** No arguments, no attributes. */
  Arguments NONE =
      (attribute, call) -> {
        throw new UnknownQuantityException(
            "%s has no '%s' (%s)"
                .formatted(call.callee().key(), attribute.symbol(), attribute.meaning()));
      };

  /**
   * The value of one attribute.
   *
   * @throws UnknownQuantityException where the call has no such attribute
   */
  long attribute(Attribute attribute, Call call);
}
