package org.whichflops.engine.tensor;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Role;

/** The arguments of {@code scaled_dot_product_attention} over {@code [..., heads, L, d]}. */
record AttentionArguments(boolean masked) implements Arguments {
  @Override
  public long attribute(Attribute attribute, Call call) {
    Tensor q = call.input(0);
    return switch (attribute) {
      case MASKED -> masked ? 1 : 0;
      case QUERIES -> q.size(-2);
      case KEYS -> call.size(Role.X2, -2);
      case HEADS -> q.rank() < 3 ? 1 : q.size(-3);
      case BATCH -> q.numel() / (q.size(-1) * q.size(-2) * (q.rank() < 3 ? 1 : q.size(-3)));
      default -> NONE.attribute(attribute, call);
    };
  }
}
