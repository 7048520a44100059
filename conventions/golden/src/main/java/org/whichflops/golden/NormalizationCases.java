package org.whichflops.golden;

import static org.whichflops.engine.nn.BatchNorm.batchNorm1d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm3d;
import static org.whichflops.engine.nn.InstanceNorm.instanceNorm;
import static org.whichflops.golden.LayerCase.layer;

import java.util.List;
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.LocalResponseNorm;
import org.whichflops.engine.nn.RmsNorm;
import org.whichflops.zoo.ops.FrozenBatchNorm2d;

/** Normalizations. */
final class NormalizationCases {
  private static final String LINE = "2x6x20";
  private static final String IMAGE = "2x6x16x16";
  private static final String VOLUME = "2x6x8x8x8";
  private static final String SEQUENCE = "4x5x10";

  private NormalizationCases() {}

  static List<LayerCase> all() {
    return List.of(
        layer("batchnorm1d", LINE, () -> batchNorm1d(6)),
        layer("batchnorm1d_noaffine", LINE, () -> batchNorm1d(6).notAffine()),
        layer("batchnorm2d", IMAGE, () -> batchNorm2d(6)),
        layer("batchnorm2d_noaffine", IMAGE, () -> batchNorm2d(6).notAffine()),
        layer("batchnorm2d_no_track", IMAGE, () -> batchNorm2d(6).untracked()),
        layer("batchnorm3d", VOLUME, () -> batchNorm3d(6)),
        layer("batchnorm3d_noaffine", VOLUME, () -> batchNorm3d(6).notAffine()),
        layer("torchvision_FrozenBatchNorm2d", IMAGE, () -> new FrozenBatchNorm2d(6)),
        layer("instancenorm1d", LINE, () -> instanceNorm(1, 6)),
        layer("instancenorm1d_affine", LINE, () -> instanceNorm(1, 6).affine()),
        layer("instancenorm2d", IMAGE, () -> instanceNorm(2, 6)),
        layer("instancenorm2d_affine", IMAGE, () -> instanceNorm(2, 6).affine()),
        layer("instancenorm3d", VOLUME, () -> instanceNorm(3, 6)),
        layer("instancenorm3d_affine", VOLUME, () -> instanceNorm(3, 6).affine()),
        layer("layernorm", SEQUENCE, () -> new LayerNorm(10)),
        layer("layernorm_2dims", SEQUENCE, () -> new LayerNorm(5, 10)),
        layer("layernorm_noaffine", SEQUENCE, () -> new LayerNorm(10).notAffine()),
        layer("layernorm_nobias", SEQUENCE, () -> new LayerNorm(10).noBias()),
        layer("groupnorm", IMAGE, () -> new GroupNorm(3, 6)),
        layer("groupnorm_noaffine", IMAGE, () -> new GroupNorm(3, 6).notAffine()),
        layer("rmsnorm", SEQUENCE, () -> new RmsNorm(10)),
        layer("lrn", IMAGE, () -> new LocalResponseNorm(3)));
  }
}
