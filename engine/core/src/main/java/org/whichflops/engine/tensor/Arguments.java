package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.UnknownQuantityException;

/** What a call is given beside tensors, answering for the attributes that formulas name. */
@FunctionalInterface
public interface Arguments {
  /** No arguments: no attributes but those of what is called. */
  Arguments NONE = new Arguments() { // no lambda: every network would link it before anything else
        @Override
        public long attribute(Attribute attribute, Call call) {
          return call.callee().attribute(attribute);
        }
      };

  /**
   * The value of one attribute.
   *
   * @throws UnknownQuantityException where the call has no such attribute
   */
  long attribute(Attribute attribute, Call call);

  /**
   * An attribute as an expression of the call's sizes that is equal to it at any sizes of the same
   * ranks, or null where nobody says one.
   */
  default @Nullable Expr expression(Attribute attribute, Call call) {
    return null;
  }
}
