package org.whichflops.engine.nn;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.MultiheadAttentionForward;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * {@code nn.MultiheadAttention}, called with queries, keys and values.
 *
 * <p>Without gradients, for self-attention with the batch first, it runs as one fused operator; all
 * else goes through {@code F.multi_head_attention_forward}. Its output projection is a child that
 * is never called: the function uses its weight.
 */
public final class MultiheadAttention extends Module {
  private final int width;
  private final int heads;
  private final int keyWidth;
  private final int valueWidth;
  private final boolean biased;
  private final boolean batchFirst;
  private final boolean needWeights;
  private final @Nullable Parameter packed;
  private final Parameter[] separate;
  private final @Nullable Parameter inBias;
  private final Linear outProjection;

  /** Attention of so many heads over a width, sequence first, with bias and weights returned. */
  public MultiheadAttention(int width, int heads) {
    this(width, heads, width, width, true, false, true);
  }

  private MultiheadAttention(
      int width,
      int heads,
      int keyWidth,
      int valueWidth,
      boolean biased,
      boolean batchFirst,
      boolean needWeights) {
    super(ModuleType.nn("activation", "MultiheadAttention"));
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "heads divide the width, but embed_dim=%d, num_heads=%d".formatted(width, heads));
    }
    this.width = width;
    this.heads = heads;
    this.keyWidth = keyWidth;
    this.valueWidth = valueWidth;
    this.biased = biased;
    this.batchFirst = batchFirst;
    this.needWeights = needWeights;
    if (keyWidth == width && valueWidth == width) {
      packed = parameter("in_proj_weight", 3L * width, width);
      separate = new Parameter[0];
    } else {
      packed = null;
      separate =
          new Parameter[] {
            parameter("q_proj_weight", width, width),
            parameter("k_proj_weight", width, keyWidth),
            parameter("v_proj_weight", width, valueWidth)
          };
    }
    inBias = biased ? parameter("in_proj_bias", 3L * width) : null;
    outProjection =
        child(
            "out_proj",
            new Linear(width, width).bias(biased).as(Linear.NON_DYNAMICALLY_QUANTIZABLE));
  }

  /** The same with {@code batch_first=True}. */
  public MultiheadAttention batchFirst() {
    return new MultiheadAttention(width, heads, keyWidth, valueWidth, biased, true, needWeights);
  }

  /** The same with {@code bias=False}. */
  public MultiheadAttention noBias() {
    return new MultiheadAttention(
        width, heads, keyWidth, valueWidth, false, batchFirst, needWeights);
  }

  /** The same with keys and values of other widths. */
  public MultiheadAttention keysAndValues(int keyWidth, int valueWidth) {
    return new MultiheadAttention(
        width, heads, keyWidth, valueWidth, biased, batchFirst, needWeights);
  }

  /** The same called with {@code need_weights=False}. */
  public MultiheadAttention withoutWeights() {
    return new MultiheadAttention(width, heads, keyWidth, valueWidth, biased, batchFirst, false);
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    int positions = batchFirst ? 1 : 0;
    return switch (attribute) {
      case HEADS -> heads;
      case EMBEDDING -> width;
      case KEY_WIDTH -> keyWidth;
      case VALUE_WIDTH -> valueWidth;
      case BIAS -> biased ? 1 : 0;
      case QUERIES -> call.size(Role.X, positions);
      case KEYS -> call.size(Role.X2, positions);
      case BATCH -> call.size(Role.X, 1 - positions);
      default -> super.attribute(attribute, call);
    };
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    if (inputs.length != 3) {
      throw new ShapeException(
          "MultiheadAttention expects queries, keys and values but has " + inputs.length);
    }
    Tensor q = inputs[0];
    Tensor k = inputs[1];
    Tensor v = inputs[2];
    if (q.rank() != 3
        || q.size(-1) != width
        || k.size(-1) != keyWidth
        || v.size(-1) != valueWidth) {
      throw new ShapeException(
          "MultiheadAttention expects widths %d, %d and %d in three dimensions but has %s, %s, %s"
              .formatted(width, keyWidth, valueWidth, q, k, v));
    }
    boolean self = q == k && k == v;
    if (batchFirst
        && self
        && biased
        && packed != null
        && heads % 2 == 0
        && MultiheadAttentionForward.takesFastPath(q)) {
      return MultiheadAttentionForward.fused(q, needWeights, this);
    }
    Tensor[] inner = {q, k, v};
    if (batchFirst) {
      for (int i = 0; i < 3; i++) {
        boolean shared = i == 1 ? self : i == 2 && k == v;
        inner[i] = shared ? inner[i - 1] : inputs[i].transpose(1, 0);
      }
    }
    Tensor[] results =
        MultiheadAttentionForward.forward(
            inner,
            heads,
            packed,
            separate,
            inBias,
            outProjection.weightParameter(),
            outProjection.biasParameter(),
            needWeights);
    if (batchFirst) {
      results[0] = results[0].transpose(1, 0);
    }
    return results;
  }

  /** Whether the batch comes before the positions. */
  public boolean isBatchFirst() {
    return batchFirst;
  }

  /** Whether it is called with {@code need_weights=True}. */
  public boolean returnsWeights() {
    return needWeights;
  }
}
