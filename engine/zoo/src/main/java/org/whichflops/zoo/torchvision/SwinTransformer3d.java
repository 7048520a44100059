package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool;
import static org.whichflops.engine.nn.Conv.conv3d;
import static org.whichflops.zoo.torchvision.Video.NUM_CLASSES;

import java.util.List;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;
import org.whichflops.zoo.ops.StochasticDepth;

/**
 * Video Swin Transformer (Liu et al., arXiv 2106.13230, section 3.3); follows torchvision 0.21,
 * models/video/swin_transformer.py.
 *
 * <p>The paper counts clips of 32 frames, torchvision of 16.
 */
public final class SwinTransformer3d extends Module {
  private static final String MODULE = "torchvision.models.video.swin_transformer.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "SwinTransformer3d");
  private static final ModuleType PATCH_EMBED = ModuleType.of(MODULE + "PatchEmbed3d");

  private static final double STOCHASTIC_DEPTH = 0.1;

  /** Frames, height and width of a patch. */
  private static final int[] PATCH = {2, 4, 4};

  private static final Option<Integer> FRAMES = Video.frames(32);

  /** Section 3.3 of the paper: channels C of the first stage, blocks of the four stages. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          swin("swin3d_t", 96, 2, 2, 6, 2),
          swin("swin3d_s", 96, 2, 2, 18, 2),
          swin("swin3d_b", 128, 2, 2, 18, 2));

  private static Architecture swin(String name, int channels, int... blocks) {
    return Architecture.named(
            name,
            "Video Swin",
            "Liu et al. 2021, arXiv 2106.13230; torchvision 0.21",
            Video.of(32, 224))
        .input(settings -> Video.of(settings.get(FRAMES), 224))
        .options(FRAMES, NUM_CLASSES)
        .remark("clips of 32 frames, as in the paper; torchvision's figure is for 16")
        .builtBy(settings -> new SwinTransformer3d(channels, blocks, settings.get(NUM_CLASSES)));
  }

  private final PatchEmbed patchEmbed;
  private final Dropout posDrop;
  private final Sequential features;
  private final LayerNorm norm;
  private final AdaptivePool avgpool;
  private final Linear head;

  private SwinTransformer3d(int channels, int[] blocks, int numClasses) {
    super(TYPE);
    patchEmbed = child("patch_embed", new PatchEmbed(channels));
    posDrop = child("pos_drop", Dropout.dropout().p(0));
    features = child("features", new Sequential());
    int width =
        SwinTransformer.addStages(
            features,
            STOCHASTIC_DEPTH,
            channels,
            blocks,
            SwinTransformer3d::block,
            PatchMerging::v1);
    norm = child("norm", new LayerNorm(width));
    avgpool = child("avgpool", adaptiveAvgPool(3, 1));
    head = child("head", new Linear(width, numClasses));
  }

  private static SwinBlock block(
      int stage, int channels, int heads, boolean shifted, StochasticDepth depth) {
    return SwinBlock.v1(
        channels,
        new ShiftedWindowAttention3d(channels, heads, new int[] {8, 7, 7}, shifted),
        depth);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = patchEmbed.call(x);
    y = posDrop.call(y);
    y = features.call(y);
    y = norm.call(y);
    y = y.permute(0, 4, 1, 2, 3);
    y = avgpool.call(y);
    y = Torch.flatten(y, 1);
    return head.call(y);
  }

  /** Patches of a clip that is padded to a whole number of them. */
  private static final class PatchEmbed extends Module {
    private final Conv proj;
    private final LayerNorm norm;

    PatchEmbed(int channels) {
      super(PATCH_EMBED);
      proj = child("proj", conv3d(3, channels, PATCH).stride(PATCH));
      norm = child("norm", new LayerNorm(channels));
    }

    @Override
    protected Tensor forward(Tensor x) {
      if (x.rank() != 5) {
        throw new ShapeException("clips [N, C, T, H, W] are expected but the input is " + x);
      }
      Tensor y = F.pad(x, 0, missing(x, 2), 0, missing(x, 1), 0, missing(x, 0));
      y = proj.call(y);
      y = y.permute(0, 2, 3, 4, 1);
      return norm.call(y);
    }

    private static long missing(Tensor x, int dim) {
      return (PATCH[dim] - x.size(dim + 2) % PATCH[dim]) % PATCH[dim];
    }
  }
}
