package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;

/**
 * {@code F.multi_head_attention_forward}, step by step as in torch 2.6's functional.py, so that
 * tools which patch functions see the calls they see there.
 */
public final class MultiheadAttentionForward {
  private MultiheadAttentionForward() {}

  /** Whether attention runs as one fused operator: without gradients, where such a kernel is. */
  public static boolean takesFastPath(Tensor x) {
    Mode mode = x.pass().decidingMode();
    return !mode.grad() && mode.device() == Device.CPU;
  }

  /** {@code torch._native_multi_head_attention}. */
  public static Tensor[] fused(Tensor q, boolean needWeights, Arguments arguments) {
    ForwardPass pass = q.pass();
    Tensor y = pass.like(q);
    Tensor[] outputs;
    if (needWeights) {
      Tensor weights = pass.tensor(3);
      weights.set(0, q.size(0));
      weights.set(1, q.size(1));
      weights.set(2, q.size(1));
      outputs = new Tensor[] {y, weights};
    } else {
      outputs = new Tensor[] {y};
    }
    return Recording.call(
        Function.named("torch._native_multi_head_attention"),
        needWeights ? Aten.NATIVE_ATTENTION_WITH_WEIGHTS : Aten.NATIVE_ATTENTION,
        arguments,
        new Tensor[] {q, q, q},
        outputs);
  }

  /**
   * The slow path over {@code [L, B, E]}.
   *
   * @param packed the three input projections in one, or null
   * @param separate the three input projections where they are not in one
   * @return the output, and the averaged weights where they are needed
   */
  public static Tensor[] forward(
      Tensor[] qkv,
      int heads,
      @Nullable Parameter packed,
      Parameter[] separate,
      @Nullable Parameter inBias,
      Parameter outWeight,
      @Nullable Parameter outBias,
      boolean needWeights) {
    Tensor query = qkv[0];
    ForwardPass pass = query.pass();
    boolean overMemory = packed != null && qkv[0] != qkv[1] && qkv[1] == qkv[2];
    SizeProducts products = new SizeProducts(!overMemory ? 0 : inBias == null ? 1 : 2);
    Call outer = pass.begin(Function.named("F.multi_head_attention_forward"), products).in(qkv);
    long length = query.size(0);
    long batch = query.size(1);
    long width = query.size(2);
    long keys = qkv[1].size(0);
    long headWidth = width / heads;
    Tensor[] projected =
        packed != null
            ? packedProjection(qkv, packed, inBias, width)
            : separateProjections(qkv, separate, inBias);
    Tensor q = projected[0].view(length, batch * heads, headWidth).transpose(0, 1);
    Tensor k = projected[1].view(keys, batch * heads, headWidth).transpose(0, 1);
    Tensor v = projected[2].view(keys, batch * heads, headWidth).transpose(0, 1);
    Tensor attended;
    Tensor weights = null;
    if (needWeights) {
      Tensor scaled = q.times(1);
      weights = F.softmax(Torch.bmm(scaled, k.transpose(-2, -1)), -1);
      attended = Torch.bmm(weights, v).transpose(0, 1).contiguous().view(length * batch, width);
    } else {
      attended =
          Attention.scaledDotProduct(
                  q.view(batch, heads, length, headWidth),
                  k.view(batch, heads, keys, headWidth),
                  v.view(batch, heads, keys, headWidth),
                  false)
              .permute(2, 0, 1, 3)
              .contiguous()
              .view(batch * length, width);
    }
    Tensor y = F.linear(attended, outWeight, outBias).view(length, batch, width);
    if (weights == null) {
      return pass.end(outer, new Tensor[] {y});
    }
    Tensor average = weights.view(batch, heads, length, keys).mean(1);
    return pass.end(outer, new Tensor[] {y, average});
  }

  /**
   * The products of sizes that Python computes beyond those of any attention: where one tensor is
   * keys and values for queries of another, weight and bias are split at {@code [E, E * 2]} each.
   */
  private record SizeProducts(long count) implements Arguments {
    @Override
    public long attribute(Attribute attribute, Call call) {
      return attribute == Attribute.SIZE_PRODUCTS ? count : NONE.attribute(attribute, call);
    }
  }

  /** Self-attention in one product, attention over a memory in two, anything else in three. */
  private static Tensor[] packedProjection(
      Tensor[] qkv, Parameter weight, @Nullable Parameter bias, long width) {
    if (qkv[0] == qkv[1] && qkv[1] == qkv[2]) {
      Tensor projected = F.linear(qkv[0], weight, bias);
      Tensor parts =
          projected.unflatten(-1, 3, width).unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous();
      return new Tensor[] {parts.get(0, 0), parts.get(0, 1), parts.get(0, 2)};
    }
    Tensor inPass = qkv[0];
    if (qkv[1] == qkv[2]) {
      Tensor[] weights = weight.on(inPass).split(new long[] {width, 2 * width}, 0);
      Tensor[] biases =
          bias == null ? null : bias.on(inPass).split(new long[] {width, 2 * width}, 0);
      Tensor q = F.linear(qkv[0], weights[0], biases == null ? null : biases[0]);
      Tensor keysAndValues = F.linear(qkv[1], weights[1], biases == null ? null : biases[1]);
      Tensor parts =
          keysAndValues
              .unflatten(-1, 2, width)
              .unsqueeze(0)
              .transpose(0, -2)
              .squeeze(-2)
              .contiguous();
      return new Tensor[] {q, parts.get(0, 0), parts.get(0, 1)};
    }
    Tensor[] weights = weight.on(inPass).chunk(3, 0);
    Tensor[] biases = bias == null ? null : bias.on(inPass).chunk(3, 0);
    Tensor[] projected = new Tensor[3];
    for (int i = 0; i < 3; i++) {
      projected[i] = F.linear(qkv[i], weights[i], biases == null ? null : biases[i]);
    }
    return projected;
  }

  private static Tensor[] separateProjections(
      Tensor[] qkv, Parameter[] weights, @Nullable Parameter bias) {
    Tensor[] biases = bias == null ? null : bias.on(qkv[0]).chunk(3, 0);
    Tensor[] projected = new Tensor[3];
    for (int i = 0; i < 3; i++) {
      projected[i] = F.linear(qkv[i], weights[i], biases == null ? null : biases[i]);
    }
    return projected;
  }
}
