package org.whichflops.engine.tensor;

import org.whichflops.engine.shape.ShapeException;

/** {@code F.scaled_dot_product_attention}. */
public final class Attention {
  private static final Function FUNCTION = Function.named("F.scaled_dot_product_attention");

  private Attention() {}

  /**
   * Softmax(q k<sup>T</sup> / sqrt(d)) v over {@code [..., heads, L, d]}: one fused kernel on the
   * CPU for {@code [N, heads, L, d]} with values as wide as keys and neighbours in the last
   * dimension side by side (sdp_utils_cpp.h), else two products and a softmax.
   *
   * @param masked whether a mask is added to the scores; a causal mask without a tensor is not
   */
  public static Tensor scaledDotProduct(Tensor q, Tensor k, Tensor v, boolean masked) {
    if (q.rank() < 2 || q.size(-1) != k.size(-1) || k.size(-2) != v.size(-2)) {
      throw new ShapeException(
          "attention expects keys as wide as queries and as many as values but they are %s, %s, %s"
              .formatted(q, k, v));
    }
    ForwardPass pass = q.pass();
    Tensor y = pass.resizable(q);
    y.set(y.rank() - 1, v.size(-1));
    Arguments arguments = new AttentionArguments(masked);
    Call outer = pass.begin(FUNCTION, arguments).in(q).in(k).in(v);
    Call composite = pass.begin(Aten.ATTENTION, arguments).in(q).in(k).in(v);
    boolean fused =
        q.rank() == 4 && q.size(-1) == v.size(-1) && q.isDense() && k.isDense() && v.isDense();
    if (pass.decidingMode().device() == Device.CPU && fused) {
      Layout.elementwise(y, q);
      pass.end(pass.begin(Aten.FLASH_ATTENTION, arguments).in(q).in(k).in(v), y);
    } else {
      decomposed(q, k, v, y, masked);
    }
    pass.end(composite, y);
    return pass.end(outer, y);
  }

  private static void decomposed(Tensor q, Tensor k, Tensor v, Tensor y, boolean masked) {
    ForwardPass pass = q.pass();
    long batch = 1;
    for (int i = 0; i < q.rank() - 2; i++) {
      batch = Math.multiplyExact(batch, q.size(i));
    }
    Tensor scaled = pass.like(q);
    Recording.operator(Aten.MUL, ElementwiseArguments.INSTANCE, q, scaled);
    Tensor scores = stack(pass, batch, q.size(-2), k.size(-2));
    Recording.operator(
        Aten.BMM,
        AddedArguments.NOTHING,
        stack(pass, batch, q.size(-2), q.size(-1)),
        stack(pass, batch, k.size(-1), k.size(-2)),
        scores);
    if (masked) {
      Recording.operator(Aten.ADD_, ElementwiseArguments.INSTANCE, scores, pass.like(scores));
    }
    Recording.operator(Aten.SOFTMAX, new SoftmaxArguments(2), scores, pass.like(scores));
    Recording.operator(
        Aten.BMM,
        AddedArguments.NOTHING,
        scores,
        stack(pass, batch, v.size(-2), v.size(-1)),
        stack(pass, batch, y.size(-2), y.size(-1)));
  }

  private static Tensor stack(ForwardPass pass, long batch, long rows, long columns) {
    Tensor stack = pass.tensor(3);
    stack.set(0, batch);
    stack.set(1, rows);
    stack.set(2, columns);
    return stack;
  }
}
