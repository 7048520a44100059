package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Pool.maxPool;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.ops.Mlp;
import org.whichflops.zoo.ops.StochasticDepth;

/**
 * MViT's block: attention over pooled positions and an MLP, each normalized before and added to its
 * input, which is pooled and projected where resolution and channels change.
 */
final class MultiscaleBlock extends Module {
  private static final ModuleType TYPE = ModuleType.of(MViT.MODULE + "MultiscaleBlock");

  /**
   * One block of the papers' tables.
   *
   * @param second of MViTv2: positions relative to each other, pooled queries added to the
   *     attention's result, and channels changed in the attention instead of in the MLP
   * @param in channels before
   * @param out channels after
   * @param heads attention heads
   * @param strideQ how the queries' resolution falls, and the block's with it
   * @param strideKv how the resolution of keys and values falls
   */
  record Layout(boolean second, int in, int out, int heads, int strideQ, int strideKv) {
    int attentionChannels() {
      return second ? out : in;
    }

    /** The first version leaves queries alone where their resolution stays. */
    boolean poolsQueries() {
      return second || strideQ > 1;
    }
  }

  private final boolean second;
  private final @Nullable MultiscalePool poolSkip;
  private final LayerNorm norm1;
  private final LayerNorm norm2;
  private final MultiscaleAttention attn;
  private final Mlp mlp;
  private final StochasticDepth stochasticDepth;
  private final @Nullable Linear project;

  MultiscaleBlock(Layout layout, MViT.Grid grid, StochasticDepth depth) {
    super(TYPE);
    second = layout.second();
    int width = layout.attentionChannels();
    int stride = layout.strideQ();
    poolSkip =
        stride == 1
            ? null
            : child(
                "pool_skip",
                new MultiscalePool(
                    maxPool(3, 1, stride + 1, stride + 1)
                        .stride(1, stride, stride)
                        .padding(0, (stride + 1) / 2, (stride + 1) / 2)
                        .givenAsLists(),
                    null,
                    grid));
    norm1 = child("norm1", new LayerNorm(layout.in()).eps(1e-6));
    norm2 = child("norm2", new LayerNorm(width).eps(1e-6));
    attn = child("attn", new MultiscaleAttention(layout, grid));
    mlp = child("mlp", new Mlp(width, 4 * width, layout.out()));
    stochasticDepth = child("stochastic_depth", depth);
    project =
        layout.in() == layout.out()
            ? null
            : child("project", new Linear(layout.in(), layout.out()));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor normalized = norm1.call(x);
    Tensor attended = attn.call(normalized);
    Tensor skipped = project != null && second ? project.call(normalized) : x;
    skipped = poolSkip == null ? skipped : poolSkip.call(skipped);
    Tensor y = skipped.plus(stochasticDepth.call(attended));
    normalized = norm2.call(y);
    Tensor projected = project != null && !second ? project.call(normalized) : y;
    return projected.plus(stochasticDepth.call(mlp.call(normalized)));
  }
}
