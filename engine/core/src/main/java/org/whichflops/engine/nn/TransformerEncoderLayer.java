package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * {@code nn.TransformerEncoderLayer}: self-attention and two linear layers, each added to its input
 * and normalized after it, or before it.
 *
 * <p>PyTorch runs the whole layer as {@code torch._transformer_encoder_layer_fwd} where gradients
 * are off and nobody has put hooks on it. Tools that watch modules put hooks on it, so here it
 * always runs step by step; its attention still takes its own fast path.
 *
 * <p>The activation is {@code F.relu} as it was when the class was defined: a tool that replaces
 * {@code F.relu} later does not see the call, only the {@code torch.relu} inside it. {@code F.gelu}
 * has no other function inside.
 */
public final class TransformerEncoderLayer extends Module {
  private final Given given;
  private final MultiheadAttention selfAttention;
  private final Linear linear1;
  private final Dropout dropout;
  private final Linear linear2;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final Dropout dropout1;
  private final Dropout dropout2;

  /**
   * What the constructor is given.
   *
   * @param width {@code d_model}
   * @param heads {@code nhead}
   * @param hidden {@code dim_feedforward}
   * @param gelu whether {@code activation} is GELU and not ReLU
   * @param batchFirst whether the batch comes before the sequence
   * @param normFirst whether it normalizes before attention and linear layers
   * @param bias whether linear layers and normalizations have a bias
   */
  public record Given(
      int width,
      int heads,
      int hidden,
      boolean gelu,
      boolean batchFirst,
      boolean normFirst,
      boolean bias) {}

  /** A layer. */
  public TransformerEncoderLayer(Given given) {
    super(ModuleType.nn("transformer", "TransformerEncoderLayer"));
    this.given = given;
    selfAttention = child("self_attn", attention(given));
    linear1 = child("linear1", new Linear(given.width, given.hidden).bias(given.bias));
    dropout = child("dropout", Dropout.dropout().p(0.1));
    linear2 = child("linear2", new Linear(given.hidden, given.width).bias(given.bias));
    norm1 = child("norm1", norm(given));
    norm2 = child("norm2", norm(given));
    dropout1 = child("dropout1", Dropout.dropout().p(0.1));
    dropout2 = child("dropout2", Dropout.dropout().p(0.1));
  }

  /** {@code nn.TransformerEncoderLayer(width, heads, hidden, batch_first=True)}. */
  public static TransformerEncoderLayer batchFirst(int width, int heads, int hidden) {
    return new TransformerEncoderLayer(new Given(width, heads, hidden, false, true, false, true));
  }

  private static MultiheadAttention attention(Given given) {
    MultiheadAttention attention = new MultiheadAttention(given.width, given.heads);
    attention = given.bias ? attention : attention.noBias();
    attention = given.batchFirst ? attention.batchFirst() : attention;
    return attention.withoutWeights();
  }

  private static LayerNorm norm(Given given) {
    LayerNorm norm = new LayerNorm(given.width);
    return given.bias ? norm : norm.noBias();
  }

  @Override
  protected Tensor forward(Tensor x) {
    if (given.normFirst) {
      Tensor y = x.plus(attend(norm1.call(x)));
      return y.plus(feedForward(norm2.call(y)));
    }
    Tensor y = norm1.call(x.plus(attend(x)));
    return norm2.call(y.plus(feedForward(y)));
  }

  private Tensor attend(Tensor x) {
    return dropout1.call(selfAttention.call(x, x, x)[0]);
  }

  private Tensor feedForward(Tensor x) {
    Tensor hidden = linear1.call(x);
    Tensor activated = given.gelu ? Torch.gelu(hidden) : Torch.relu(hidden);
    return dropout2.call(linear2.call(dropout.call(activated)));
  }
}
