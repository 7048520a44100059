package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Conv.conv3d;
import static org.whichflops.engine.nn.Dropout.dropoutInplace;
import static org.whichflops.zoo.torchvision.Video.NUM_CLASSES;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;

/**
 * MViT, "Multiscale Vision Transformers" (Fan et al., arXiv 2104.11227, table 2), and "MViTv2" (Li
 * et al., arXiv 2112.01526, table 1); follows torchvision 0.21, models/video/mvit.py.
 *
 * <p>Positions have learnt embeddings, so a network takes clips of one size only.
 */
public final class MViT extends Module {
  static final String MODULE = "torchvision.models.video.mvit.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "MViT");
  private static final ModuleType POSITIONS = ModuleType.of(MODULE + "PositionalEncoding");

  private static final int FRAMES = 16;
  private static final int SIDE = 224;

  /** Channels of the first stage; every later one has twice as many as the one before. */
  private static final int CHANNELS = 96;

  /** Blocks of the four stages. */
  private static final int[] BLOCKS = {1, 2, 11, 2};

  private static final double STOCHASTIC_DEPTH = 0.2;

  /** One of the second version and one of the first. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          mvit("mvit_v1_b", "Fan et al. 2021, arXiv 2104.11227, table 2", false),
          mvit("mvit_v2_s", "Li et al. 2021, arXiv 2112.01526, table 1", true));

  private static Architecture mvit(String name, String paper, boolean second) {
    return Architecture.named(name, "MViT", paper + "; torchvision 0.21", Video.of(FRAMES, SIDE))
        .options(NUM_CLASSES)
        .remark("takes clips of 16x224x224 only")
        .builtBy(settings -> new MViT(second, settings.get(NUM_CLASSES)));
  }

  private final Conv convProj;
  private final PositionalEncoding posEncoding;
  private final ModuleList blocks;
  private final LayerNorm norm;
  private final Sequential head;
  private final Grid grid;

  private MViT(boolean second, int numClasses) {
    super(TYPE);
    grid = new Grid(FRAMES / 2, SIDE / 4, SIDE / 4);
    convProj = child("conv_proj", conv3d(3, CHANNELS, 3, 7, 7).stride(2, 4, 4).padding(1, 3, 3));
    posEncoding = child("pos_encoding", new PositionalEncoding(grid, !second));
    blocks = child("blocks", new ModuleList(blocks(grid, second)));
    int width = CHANNELS << (BLOCKS.length - 1);
    norm = child("norm", new LayerNorm(width).eps(1e-6));
    head = child("head", new Sequential(dropoutInplace(), new Linear(width, numClasses)));
  }

  /**
   * The first version doubles the channels in a stage's last block, the second in the next stage's
   * first, where both halve the resolution.
   */
  private static List<MultiscaleBlock> blocks(Grid grid, boolean second) {
    List<MultiscaleBlock> all = new ArrayList<>();
    LinearDepth depths = LinearDepth.to(STOCHASTIC_DEPTH, BLOCKS);
    Grid at = grid;
    for (int stage = 0; stage < BLOCKS.length; stage++) {
      int channels = CHANNELS << stage;
      for (int i = 0; i < BLOCKS[stage]; i++) {
        boolean first = stage > 0 && i == 0;
        boolean last = stage < BLOCKS.length - 1 && i == BLOCKS[stage] - 1;
        MultiscaleBlock.Layout layout =
            new MultiscaleBlock.Layout(
                second,
                second && first ? channels / 2 : channels,
                !second && last ? 2 * channels : channels,
                1 << stage,
                first ? 2 : 1,
                8 >> stage);
        all.add(new MultiscaleBlock(layout, at, depths.next()));
        at = at.pooled(layout.strideQ());
      }
    }
    return all;
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = x.rank() == 4 ? x.unsqueeze(2) : x;
    y = convProj.call(y);
    if (y.size(2) * y.size(3) * y.size(4) != grid.positions()) {
      throw new ShapeException(
          "clips of %dx%dx%d are expected but the input is %s".formatted(FRAMES, SIDE, SIDE, x));
    }
    y = y.flatten(2).transpose(1, 2);
    y = posEncoding.call(y);
    for (Module block : blocks.modules()) {
      y = block.call(y);
    }
    y = norm.call(y);
    return head.call(y.get(1, 0));
  }

  /**
   * How many positions there are along time, height and width.
   *
   * @param frames along time
   * @param height along the height
   * @param width along the width
   */
  record Grid(long frames, long height, long width) {
    /** After a pooling by 3x3 of that stride, padded to keep the size at stride 1. */
    Grid pooled(int stride) {
      return new Grid(frames, (height - 1) / stride + 1, (width - 1) / stride + 1);
    }

    long positions() {
      return frames * height * width;
    }
  }

  /** A class token and, in the first version, learnt positions in space and in time. */
  private static final class PositionalEncoding extends Module {
    private final Grid grid;
    private final Parameter classToken;
    private final @Nullable Parameter spatialPos;
    private final @Nullable Parameter temporalPos;
    private final @Nullable Parameter classPos;

    PositionalEncoding(Grid grid, boolean absolute) {
      super(POSITIONS);
      this.grid = grid;
      classToken = parameter("class_token", CHANNELS);
      long places = grid.height() * grid.width();
      spatialPos = absolute ? parameter("spatial_pos", places, CHANNELS) : null;
      temporalPos = absolute ? parameter("temporal_pos", grid.frames(), CHANNELS) : null;
      classPos = absolute ? parameter("class_pos", CHANNELS) : null;
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor token = classToken.on(x).expand(x.size(0), -1).unsqueeze(1);
      Tensor y = Torch.cat(1, token, x);
      if (spatialPos == null || temporalPos == null || classPos == null) {
        return y;
      }
      Tensor positions = Torch.repeatInterleave(temporalPos.on(x), spatialPos.size(0), 0);
      Tensor places = spatialPos.on(x).unsqueeze(0).expand(grid.frames(), -1, -1);
      positions.add_(places.reshape(-1, CHANNELS));
      positions = Torch.cat(0, classPos.on(x).unsqueeze(0), positions).unsqueeze(0);
      y.add_(positions);
      return y;
    }
  }
}
