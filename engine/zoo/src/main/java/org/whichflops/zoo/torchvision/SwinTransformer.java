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
import org.whichflops.zoo.architecture.Option;
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

  private static final int PATCH = 4;
  private static final int CHANNELS_PER_HEAD = 32;

  private static final Option<Boolean> PRECOMPUTED_BIAS =
      Option.flag("precomputed_bias", false, "keep the bias as a constant instead of its network");

  /**
   * What the versions make differently.
   *
   * @param side of the images
   * @param window positions along a window's side
   */
  private record Version(
      String source, int side, int window, Blocks blocks, IntFunction<PatchMerging> merging) {}

  /** Makes what makes blocks, for windows of given sides by stage. */
  private interface Blocks {
    BlockMaker of(int[] windows, boolean precomputedBias);
  }

  /** Makes a block of a stage, of which every other one is shifted. */
  interface BlockMaker {
    SwinBlock of(int stage, int channels, int heads, boolean shifted, StochasticDepth depth);
  }

  private static final Version V1 =
      new Version(
          "Liu et al. 2021, arXiv 2103.14030; torchvision 0.21",
          224,
          7,
          (windows, precomputed) ->
              (stage, channels, heads, shifted, depth) ->
                  SwinBlock.v1(
                      channels,
                      new ShiftedWindowAttention.V1(
                          channels, heads, square(windows[stage]), shifted),
                      depth),
          PatchMerging::v1);

  private static final Version V2 =
      new Version(
          "Liu et al. 2021, arXiv 2111.09883; torchvision 0.21",
          256,
          8,
          (windows, precomputed) ->
              (stage, channels, heads, shifted, depth) ->
                  SwinBlock.v2(
                      channels,
                      new ShiftedWindowAttention.V2(
                          channels, heads, square(windows[stage]), shifted, precomputed),
                      depth),
          PatchMerging::v2);

  private static int[] square(int side) {
    return new int[] {side, side};
  }

  /**
   * Section 3.3 of the paper: stochastic depth, channels C of the first stage, blocks of the four
   * stages. The large ones are not in torchvision.
   */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          swin("swin_t", V1, 0.2, 96, 2, 2, 6, 2),
          swin("swin_s", V1, 0.3, 96, 2, 2, 18, 2),
          swin("swin_b", V1, 0.5, 128, 2, 2, 18, 2),
          swin("swin_l", V1, 0.5, 192, 2, 2, 18, 2),
          version2("swin_v2_t", 0.2, 96, 2, 2, 6, 2),
          version2("swin_v2_s", 0.3, 96, 2, 2, 18, 2),
          version2("swin_v2_b", 0.5, 128, 2, 2, 18, 2),
          version2("swin_v2_l", 0.5, 192, 2, 2, 18, 2));

  private static Architecture version2(String name, double depth, int channels, int... blocks) {
    return swin(name, V2, depth, channels, blocks)
        .options(PRECOMPUTED_BIAS)
        .remark(
            "a window is no larger than its stage's map at img_size, as in the authors' code; the"
                + " authors' flops() leaves out the network that makes the bias, which needs to run"
                + " once only: precomputed_bias=true");
  }

  private static Architecture swin(
      String name, Version version, double depth, int channels, int... blocks) {
    Option<Integer> imgSize =
        Option.count("img_size", version.side(), "side of the images that windows are made for");
    Option<Integer> windowSize =
        Option.count("window_size", version.window(), "positions along a window's side");
    return Architecture.named(name, "Swin", version.source(), InputSize.image(version.side()))
        .input(settings -> InputSize.image(settings.get(imgSize)))
        .options(imgSize, windowSize, NUM_CLASSES)
        .remark(
            "a window is no larger than its stage's map at img_size, as in the authors' code;"
                + " torchvision's own networks never come to that")
        .builtBy(
            settings -> {
              int[] windows = windows(settings.get(imgSize), settings.get(windowSize), blocks);
              return new SwinTransformer(
                  version.blocks().of(windows, settings.get(PRECOMPUTED_BIAS)),
                  version.merging(),
                  depth,
                  channels,
                  blocks,
                  settings.get(NUM_CLASSES));
            });
  }

  /** The windows' sides by stage. */
  private static int[] windows(int side, int window, int... blocks) {
    int[] windows = new int[blocks.length];
    for (int stage = 0; stage < windows.length; stage++) {
      int map = side / (PATCH << stage);
      if (map < 1) {
        throw new IllegalArgumentException(
            "img_size is at least %d, so that every stage has a position, but it is %d"
                .formatted(PATCH << (blocks.length - 1), side));
      }
      windows[stage] = Math.min(window, map);
    }
    return windows;
  }

  private final Sequential features;
  private final LayerNorm norm;
  private final Permute permute;
  private final AdaptivePool avgpool;
  private final Flatten flatten;
  private final Linear head;

  private SwinTransformer(
      BlockMaker block,
      IntFunction<PatchMerging> merging,
      double depth,
      int channels,
      int[] blocks,
      int numClasses) {
    super(TYPE);
    Sequential layers =
        new Sequential(
            new Sequential(
                conv2d(3, channels, PATCH).stride(PATCH),
                Permute.channelsLast(),
                new LayerNorm(channels)));
    int width = addStages(layers, depth, channels, blocks, block, merging);
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
        all.add(maker.of(stage, width, width / CHANNELS_PER_HEAD, i % 2 == 1, depths.next()));
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
