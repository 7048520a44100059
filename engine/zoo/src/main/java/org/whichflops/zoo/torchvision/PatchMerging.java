package org.whichflops.zoo.torchvision;

import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * Swin's downsampling: four neighbours side by side become one position of twice the channels. The
 * second version normalizes after the linear layer instead of before.
 */
final class PatchMerging extends Module {
  private static final String MODULE = "torchvision.models.swin_transformer.";
  private static final ModuleType V1 = ModuleType.of(MODULE + "PatchMerging");
  private static final ModuleType V2 = ModuleType.of(MODULE + "PatchMergingV2");

  private final boolean normalizedAfter;
  private final Linear reduction;
  private final LayerNorm norm;

  private PatchMerging(ModuleType type, int channels, boolean normalizedAfter) {
    super(type);
    this.normalizedAfter = normalizedAfter;
    reduction = child("reduction", new Linear(4 * channels, 2 * channels).noBias());
    norm = child("norm", new LayerNorm(normalizedAfter ? 2L * channels : 4L * channels));
  }

  static PatchMerging v1(int channels) {
    return new PatchMerging(V1, channels, false);
  }

  static PatchMerging v2(int channels) {
    return new PatchMerging(V2, channels, true);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = neighboursTogether(x);
    return normalizedAfter ? norm.call(reduction.call(y)) : reduction.call(norm.call(y));
  }

  /** {@code _patch_merging_pad}: {@code [..., H, W, C]} to {@code [..., H/2, W/2, 4 C]}. */
  private static Tensor neighboursTogether(Tensor x) {
    Tensor even = F.pad(x, 0, 0, 0, x.size(-2) % 2, 0, x.size(-3) % 2);
    Tensor[] parts = {part(even, 0, 0), part(even, 1, 0), part(even, 0, 1), part(even, 1, 1)};
    return Torch.cat(-1, parts);
  }

  private static Tensor part(Tensor x, int row, int column) {
    return x.get(Index.REST, Index.every(row, 2), Index.every(column, 2), Index.ALL);
  }
}
