package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * {@code nn.TransformerEncoderLayer}: self-attention and two linear layers, each added to its input
 * and normalized after it.
 *
 * <p>PyTorch runs the whole layer as {@code torch._transformer_encoder_layer_fwd} where gradients
 * are off and nobody has put hooks on it. Tools that watch modules put hooks on it, so here it
 * always runs step by step; its attention still takes its own fast path.
 *
 * <p>The activation is {@code F.relu} as it was when the class was defined: a tool that replaces
 * {@code F.relu} later does not see the call, only the {@code torch.relu} inside it.
 */
public final class TransformerEncoderLayer extends Module {
  private final MultiheadAttention selfAttention;
  private final Linear linear1;
  private final Dropout dropout;
  private final Linear linear2;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final Dropout dropout1;
  private final Dropout dropout2;

  private TransformerEncoderLayer(MultiheadAttention attention, int width, int hidden) {
    super(ModuleType.nn("transformer", "TransformerEncoderLayer"));
    selfAttention = child("self_attn", attention);
    linear1 = child("linear1", new Linear(width, hidden));
    dropout = child("dropout", Dropout.dropout().p(0.1));
    linear2 = child("linear2", new Linear(hidden, width));
    norm1 = child("norm1", new LayerNorm(width));
    norm2 = child("norm2", new LayerNorm(width));
    dropout1 = child("dropout1", Dropout.dropout().p(0.1));
    dropout2 = child("dropout2", Dropout.dropout().p(0.1));
  }

  /** {@code nn.TransformerEncoderLayer(width, heads, hidden, batch_first=True)}. */
  public static TransformerEncoderLayer batchFirst(int width, int heads, int hidden) {
    return new TransformerEncoderLayer(
        new MultiheadAttention(width, heads).withoutWeights().batchFirst(), width, hidden);
  }

  /** {@code nn.TransformerEncoderLayer(width, heads, hidden)}, sequence first. */
  public static TransformerEncoderLayer sequenceFirst(int width, int heads, int hidden) {
    return new TransformerEncoderLayer(
        new MultiheadAttention(width, heads).withoutWeights(), width, hidden);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = dropout1.call(selfAttention.call(x, x, x)[0]);
    y = norm1.call(x.plus(y));
    Tensor z = linear2.call(dropout.call(Torch.relu(linear1.call(y))));
    return norm2.call(y.plus(dropout2.call(z)));
  }
}
