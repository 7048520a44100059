package org.whichflops.golden;

import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveMaxPool;
import static org.whichflops.engine.nn.Pool.avgPool;
import static org.whichflops.engine.nn.Pool.lpPool;
import static org.whichflops.engine.nn.Pool.maxPool;
import static org.whichflops.engine.nn.Upsample.upsample;
import static org.whichflops.engine.tensor.InterpolationArguments.Interpolation.BICUBIC;
import static org.whichflops.engine.tensor.InterpolationArguments.Interpolation.BILINEAR;
import static org.whichflops.engine.tensor.InterpolationArguments.Interpolation.LINEAR;
import static org.whichflops.engine.tensor.InterpolationArguments.Interpolation.NEAREST;
import static org.whichflops.engine.tensor.InterpolationArguments.Interpolation.TRILINEAR;
import static org.whichflops.engine.tensor.InterpolationArguments.by;
import static org.whichflops.engine.tensor.InterpolationArguments.toSize;
import static org.whichflops.golden.LayerCase.layer;

import java.util.List;
import org.whichflops.engine.nn.Pad;
import org.whichflops.engine.nn.PixelShuffle;
import org.whichflops.engine.nn.Upsample;

/** Poolings, and other layers that change the resolution. */
final class PoolCases {
  private static final String LINE = "2x6x20";
  private static final String IMAGE = "2x6x16x16";
  private static final String VOLUME = "2x6x8x8x8";

  private PoolCases() {}

  static List<LayerCase> all() {
    return List.of(
        layer("maxpool1d", LINE, () -> maxPool(1, 3).stride(2)),
        layer("maxpool2d", IMAGE, () -> maxPool(2, 3).stride(2)),
        layer("maxpool3d", VOLUME, () -> maxPool(3, 3).stride(2)),
        layer("avgpool2d", IMAGE, () -> avgPool(2, 3).stride(2)),
        layer("lppool2d", IMAGE, () -> lpPool(2, 3).stride(2)),
        layer("adaptiveavgpool1d_1", LINE, () -> adaptiveAvgPool(1, 1)),
        layer("adaptiveavgpool1d_3_noninteger", LINE, () -> adaptiveAvgPool(1, 3)),
        layer("adaptiveavgpool2d_1", IMAGE, () -> adaptiveAvgPool(2, 1)),
        layer("adaptiveavgpool2d_7_from_16", IMAGE, () -> adaptiveAvgPool(2, 7, 7)),
        layer("adaptiveavgpool2d_upscale_6_from_4", "2x6x4x4", () -> adaptiveAvgPool(2, 6, 6)),
        layer("adaptiveavgpool2d_same_16", IMAGE, () -> adaptiveAvgPool(2, 16, 16)),
        layer("adaptiveavgpool2d_None", IMAGE, () -> adaptiveAvgPool(2, 0, 1)),
        layer("adaptiveavgpool3d_1", VOLUME, () -> adaptiveAvgPool(3, 1)),
        layer("adaptiveavgpool3d_3_noninteger", VOLUME, () -> adaptiveAvgPool(3, 3)),
        layer("adaptivemaxpool1d_1", LINE, () -> adaptiveMaxPool(1, 1)),
        layer("adaptivemaxpool2d_1", IMAGE, () -> adaptiveMaxPool(2, 1)),
        layer("adaptivemaxpool3d_1", VOLUME, () -> adaptiveMaxPool(3, 1)),
        layer("upsample_nearest_batch1", "1x6x16x16", () -> upsample(by(NEAREST, 2))),
        layer("upsample_nearest_3d", VOLUME, () -> upsample(by(NEAREST, 2))),
        layer("upsample_size", IMAGE, () -> upsample(toSize(NEAREST, 20, 30))),
        layer("upsample_linear_1d", LINE, () -> upsample(by(LINEAR, 2))),
        layer("upsample_bilinear", IMAGE, () -> upsample(by(BILINEAR, 2))),
        layer("upsample_bicubic", IMAGE, () -> upsample(by(BICUBIC, 2))),
        layer("upsample_trilinear", VOLUME, () -> upsample(by(TRILINEAR, 2))),
        layer("UpsamplingNearest2d", IMAGE, () -> Upsample.nearest2d(2)),
        layer("UpsamplingBilinear2d", IMAGE, () -> Upsample.bilinear2d(2)),
        layer("pixelunshuffle", "2x8x8x8", () -> PixelShuffle.unshuffle(2)),
        layer("reflectionpad2d", IMAGE, () -> new Pad("ReflectionPad2d", 1, 1, 1, 1)));
  }
}
