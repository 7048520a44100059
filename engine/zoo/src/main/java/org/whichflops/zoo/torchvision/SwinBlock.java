package org.whichflops.zoo.torchvision;

import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.ops.Mlp;
import org.whichflops.zoo.ops.StochasticDepth;

/**
 * Swin's block: window attention and MLP, each added to its input. The first version normalizes
 * before either, the second after.
 */
final class SwinBlock extends Module {
  private static final String MODULE = "torchvision.models.swin_transformer.";
  private static final ModuleType V1 = ModuleType.of(MODULE + "SwinTransformerBlock");
  private static final ModuleType V2 = V1.subclass(MODULE + "SwinTransformerBlockV2");

  private final boolean normalizedAfter;
  private final LayerNorm norm1;
  private final WindowAttention attn;
  private final StochasticDepth stochasticDepth;
  private final LayerNorm norm2;
  private final Mlp mlp;

  private SwinBlock(
      ModuleType type,
      int channels,
      WindowAttention attention,
      StochasticDepth depth,
      boolean normalizedAfter) {
    super(type);
    this.normalizedAfter = normalizedAfter;
    norm1 = child("norm1", new LayerNorm(channels));
    attn = child("attn", attention);
    stochasticDepth = child("stochastic_depth", depth);
    norm2 = child("norm2", new LayerNorm(channels));
    mlp = child("mlp", new Mlp(channels, 4 * channels, channels));
  }

  static SwinBlock v1(int channels, WindowAttention attention, StochasticDepth depth) {
    return new SwinBlock(V1, channels, attention, depth, false);
  }

  static SwinBlock v2(int channels, WindowAttention attention, StochasticDepth depth) {
    return new SwinBlock(V2, channels, attention, depth, true);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor attended = normalizedAfter ? norm1.call(attn.call(x)) : attn.call(norm1.call(x));
    Tensor y = x.plus(stochasticDepth.call(attended));
    Tensor mixed = normalizedAfter ? norm2.call(mlp.call(y)) : mlp.call(norm2.call(y));
    return y.plus(stochasticDepth.call(mixed));
  }
}
