package org.whichflops.golden;

import static org.whichflops.engine.nn.Conv.conv1d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Conv.conv3d;
import static org.whichflops.engine.nn.Conv.convTranspose1d;
import static org.whichflops.engine.nn.Conv.convTranspose2d;
import static org.whichflops.engine.nn.Conv.convTranspose3d;
import static org.whichflops.golden.LayerCase.layer;
import static org.whichflops.golden.LayerCase.root;
import static org.whichflops.golden.LayerCase.zeros;

import java.util.List;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.ops.DeformConv2d;

/** Convolutions, plain and transposed. */
final class ConvolutionCases {
  private static final String LINE = "2x6x20";
  private static final String IMAGE = "2x6x16x16";
  private static final String VOLUME = "2x6x8x8x8";

  private ConvolutionCases() {}

  static List<LayerCase> all() {
    return List.of(
        layer("conv1d_bias", LINE, () -> conv1d(6, 8, 3)),
        layer("conv1d_nobias", LINE, () -> conv1d(6, 8, 3).noBias()),
        layer("conv1d_groups", LINE, () -> conv1d(6, 12, 3).groups(3).padding(1)),
        layer("conv1d_depthwise", LINE, () -> conv1d(6, 6, 3).groups(6).padding(1).noBias()),
        layer("conv2d_1x1", IMAGE, () -> conv2d(6, 8, 1)),
        layer("conv2d_stride2_pad1", IMAGE, () -> conv2d(6, 8, 3).stride(2).padding(1)),
        layer("conv2d_dilation2", IMAGE, () -> conv2d(6, 8, 3).dilation(2)),
        layer("conv2d_groups", IMAGE, () -> conv2d(6, 12, 3).groups(3).padding(1)),
        layer("conv2d_depthwise", IMAGE, () -> conv2d(6, 6, 3).groups(6).padding(1).noBias()),
        layer("conv2d_padding_valid", IMAGE, () -> conv2d(6, 8, 3).paddingValid()),
        layer("conv2d_padding_mode_reflect", IMAGE, () -> padded("reflect")),
        layer("conv2d_padding_mode_circular", IMAGE, () -> padded("circular")),
        layer("conv2d_unbatched_3d_input", "6x16x16", () -> conv2d(6, 8, 3)),
        root("bare_conv2d_root", IMAGE, () -> conv2d(6, 8, 3)),
        layer("conv3d_nobias", VOLUME, () -> conv3d(6, 8, 3).noBias()),
        layer("conv3d_groups", VOLUME, () -> conv3d(6, 12, 3).groups(3).padding(1)),
        layer("conv3d_depthwise", VOLUME, () -> conv3d(6, 6, 3).groups(6).padding(1).noBias()),
        layer("convT1d_s2", LINE, () -> convTranspose1d(6, 8, 3).stride(2)),
        layer(
            "convT1d_s2_op1",
            LINE,
            () -> convTranspose1d(6, 8, 3).stride(2).padding(1).outputPadding(1)),
        layer("convT1d_groups2", LINE, () -> convTranspose1d(6, 8, 3).stride(2).groups(2)),
        layer("convT2d_nobias", IMAGE, () -> convTranspose2d(6, 8, 3).stride(2).noBias()),
        layer("convT2d_groups2", IMAGE, () -> convTranspose2d(6, 8, 3).stride(2).groups(2)),
        layer("convT3d_s2", VOLUME, () -> convTranspose3d(6, 8, 3).stride(2)),
        layer(
            "convT3d_s2_op1",
            VOLUME,
            () -> convTranspose3d(6, 8, 3).stride(2).padding(1).outputPadding(1)),
        layer("convT3d_nobias", VOLUME, () -> convTranspose3d(6, 8, 3).stride(2).noBias()),
        layer("convT3d_groups2", VOLUME, () -> convTranspose3d(6, 8, 3).stride(2).groups(2)),
        // ptflops counts 257,152 = 2 * 196 * 9 * (6 * 8 + 24) + 3,136: with a mask it were + 25.
        // pthflops fails in a torch.zeros that is given dtype and device, which is the one that
        // torchvision makes for a mask it is not given; the offsets' own zeros are traced.
        layer(
            "torchvision_DeformConv2d",
            IMAGE,
            () -> new DeformConv2d(conv2d(6, 8, 3)),
            (m, x) -> m.call(new Tensor[] {x, zeros(x, 2, 18, 14, 14)})));
  }

  private static Conv padded(String mode) {
    return conv2d(6, 8, 3).padding(1).paddingMode(mode);
  }
}
