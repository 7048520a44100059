package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.Numel;
import org.whichflops.engine.formula.Role;

/** The arguments of {@code add}, {@code mul} and their like: none but what tools make of them. */
final class ElementwiseArguments implements Arguments {
  static final ElementwiseArguments INSTANCE = new ElementwiseArguments();

  private ElementwiseArguments() {}

  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.LEFT_ALIGNED
        ? leftAligned(call)
        : NONE.attribute(attribute, call);
  }

  /** Tensors of one rank are aligned at all dimensions. */
  @Override
  public @Nullable Expr expression(Attribute attribute, Call call) {
    if (attribute != Attribute.LEFT_ALIGNED) {
      return null;
    }
    if (call.inputCount() < 2) {
      return new Numel(Role.X);
    }
    return call.input(0).rank() == call.input(1).rank() ? new Numel(Role.Y) : null;
  }

  /** Elements after broadcasting aligned at the first dimension, as ptflops and DeepSpeed do it. */
  private static long leftAligned(Call call) {
    if (call.inputCount() < 2) {
      return call.numel(Role.X);
    }
    Tensor a = call.input(0);
    Tensor b = call.input(1);
    long elements = 1;
    for (int i = 0; i < Math.max(a.rank(), b.rank()); i++) {
      long left = i < a.rank() ? a.size(i) : 1;
      long right = i < b.rank() ? b.size(i) : 1;
      elements = Math.multiplyExact(elements, Math.max(left, right));
    }
    return elements;
  }
}
