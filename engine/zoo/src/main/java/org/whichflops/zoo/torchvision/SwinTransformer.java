package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;

import java.util.List;
import java.util.function.IntFunction;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Flatten;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.ops.Permute;
import org.whichflops.zoo.ops.StochasticDepth;

/**
 * Swin Transformer, "Hierarchical Vision Transformer using Shifted Windows" (Liu et al., arXiv
 * 2103.14030, section 3.3), and "Swin Transformer V2" (Liu et al., arXiv 2111.09883); follows
 * torchvision 0.21, models/swin_transformer.py.
 *
 * <p>A feature map that windows do not divide is padded before every attention, and the padding is
 * computed with.
 */
public final class SwinTransformer extends Module {
  private static final ModuleType TYPE =
      ModuleType.of("torchvision.models.swin_transformer.SwinTransformer");

  private static final int CHANNELS_PER_HEAD = 32;

  /** What the versions make differently. */
  private record Version(
      String source, int side, BlockMaker block, IntFunction<PatchMerging> merging) {}

  /** Makes a block, of which every other one of a stage is shifted. */
  interface BlockMaker {
    SwinBlock of(int channels, int heads, boolean shifted, StochasticDepth depth);
  }

  private static final Version V1 =
      new Version(
          "Liu et al. 2021, arXiv 2103.14030; torchvision 0.21",
          224,
          (channels, heads, shifted, depth) ->
              SwinBlock.v1(
                  channels,
                  new ShiftedWindowAttention.V1(channels, heads, new int[] {7, 7}, shifted),
                  depth),
          PatchMerging::v1);

  private static final Version V2 =
      new Version(
          "Liu et al. 2021, arXiv 2111.09883; torchvision 0.21",
          256,
          (channels, heads, shifted, depth) ->
              SwinBlock.v2(
                  channels,
                  new ShiftedWindowAttention.V2(channels, heads, new int[] {8, 8}, shifted),
                  depth),
          PatchMerging::v2);

  /**
   * Section 3.3 of the paper: stochastic depth, channels C of the first stage, blocks of the four
   * stages.
   */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          swin("swin_t", V1, 0.2, 96, 2, 2, 6, 2),
          swin("swin_s", V1, 0.3, 96, 2, 2, 18, 2),
          swin("swin_b", V1, 0.5, 128, 2, 2, 18, 2),
          swin("swin_v2_t", V2, 0.2, 96, 2, 2, 6, 2),
          swin("swin_v2_s", V2, 0.3, 96, 2, 2, 18, 2),
          swin("swin_v2_b", V2, 0.5, 128, 2, 2, 18, 2));

  private static Architecture swin(
      String name, Version version, double depth, int channels, int... blocks) {
    return Architecture.named(name, "Swin", version.source(), InputSize.image(version.side()))
        .options(NUM_CLASSES)
        .builtBy(
            settings ->
                new SwinTransformer(version, depth, channels, blocks, settings.get(NUM_CLASSES)));
  }

  private final Sequential features;
  private final LayerNorm norm;
  private final Permute permute;
  private final AdaptivePool avgpool;
  private final Flatten flatten;
  private final Linear head;

  private SwinTransformer(
      Version version, double depth, int channels, int[] blocks, int numClasses) {
    super(TYPE);
    Sequential layers =
        new Sequential(
            new Sequential(
                conv2d(3, channels, 4).stride(4), Permute.channelsLast(), new LayerNorm(channels)));
    int width = addStages(layers, depth, channels, blocks, version.block(), version.merging());
    features = child("features", layers);
    norm = child("norm", new LayerNorm(width));
    permute = child("permute", Permute.channelsFirst());
    avgpool = child("avgpool", adaptiveAvgPool2d(1));
    flatten = child("flatten", new Flatten());
    head = child("head", new Linear(width, numClasses));
  }

  /** Adds the stages, with a downsampling between each two; returns the last one's channels. */
  static int addStages(
      Sequential layers,
      double depth,
      int channels,
      int[] blocks,
      BlockMaker maker,
      IntFunction<PatchMerging> merging) {
    LinearDepth depths = LinearDepth.to(depth, blocks);
    int width = channels;
    for (int stage = 0; stage < blocks.length; stage++) {
      if (stage > 0) {
        layers.add(merging.apply(width));
        width *= 2;
      }
      Sequential all = new Sequential();
      for (int i = 0; i < blocks[stage]; i++) {
        all.add(maker.of(width, width / CHANNELS_PER_HEAD, i % 2 == 1, depths.next()));
      }
      layers.add(all);
    }
    return width;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = features.call(x);
    y = norm.call(y);
    y = permute.call(y);
    y = avgpool.call(y);
    y = flatten.call(y);
    return head.call(y);
  }
}
