package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.Tensor;

/** A sequence's attention over itself. */
final class SelfAttention extends Module {
  private final MultiheadAttention attention;

  SelfAttention(MultiheadAttention attention) {
    super(ModuleType.of("example.SelfAttention"));
    this.attention = child("attention", attention);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return attention.call(x, x, x)[0];
  }
}
