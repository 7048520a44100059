package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Expr;

/** The arguments of products that may add something: {@code linear}, {@code addmm}. */
enum AddedArguments implements Arguments {
  /** A bias is added, or beta is not 0. */
  ADDED(1),
  /** Nothing is added. */
  NOTHING(0);

  private final long added;

  AddedArguments(long added) {
    this.added = added;
  }

  static AddedArguments of(boolean added) {
    return added ? ADDED : NOTHING;
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.ADDED || attribute == Attribute.BIAS
        ? added
        : NONE.attribute(attribute, call);
  }

  @Override
  public @Nullable Expr expression(Attribute attribute, Call call) {
    return attribute == Attribute.ADDED ? new Constant(added) : null;
  }
}
