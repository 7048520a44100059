package org.whichflops.zoo.papers;

import org.whichflops.engine.tensor.Attention;
import org.whichflops.engine.tensor.Tensor;

/**
 * What the language models of HuggingFace's transformers share: heads side by side in {@code
 * F.scaled_dot_product_attention}, its attention unless another one is asked for.
 */
final class SdpaAttention {
  private SdpaAttention() {}

  /** {@code [B, L, heads * width]} as {@code [B, heads, L, width]}. */
  static Tensor split(Tensor x, long width) {
    return x.view(x.size(0), x.size(1), -1, width).transpose(1, 2);
  }

  /**
   * Attention over heads, and the heads joined again. A causal mask is a flag of the function and
   * no tensor.
   */
  static Tensor joined(Tensor q, Tensor k, Tensor v) {
    Tensor y = Attention.scaledDotProduct(q, k, v, false).transpose(1, 2).contiguous();
    return y.reshape(y.size(0), y.size(1), -1).contiguous();
  }
}
