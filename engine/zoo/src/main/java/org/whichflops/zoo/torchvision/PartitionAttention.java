package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Activation.gelu;
import static org.whichflops.engine.nn.Dropout.dropout;

import org.whichflops.engine.nn.Identity;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.ops.StochasticDepth;

/**
 * MaxViT's attention, {@code PartitionAttentionLayer}: in windows of 7x7 neighbours, or over a grid
 * of 7x7 positions that lie far apart; then an MLP.
 */
final class PartitionAttention extends Module {
  /** Positions along one side of what attends to itself. */
  static final int PARTITION = 7;

  private static final int CHANNELS_PER_HEAD = 32;
  private static final ModuleType TYPE = ModuleType.of(MaxVit.MODULE + "PartitionAttentionLayer");

  private final Module partitionOp;
  private final Module departitionOp;
  private final Module partitionSwap;
  private final Module departitionSwap;
  private final Sequential attention;
  private final Sequential mlp;
  private final StochasticDepth stochasticDropout;

  private PartitionAttention(int channels, int window, int windows, boolean swapped, double depth) {
    super(TYPE);
    partitionOp = child("partition_op", new WindowPartition(window));
    departitionOp = child("departition_op", new WindowDepartition(window, windows));
    partitionSwap = child("partition_swap", swapped ? new SwapAxes() : new Identity());
    departitionSwap = child("departition_swap", swapped ? new SwapAxes() : new Identity());
    attention =
        child(
            "attn_layer",
            new Sequential(
                new LayerNorm(channels), new RelativeAttention(channels), dropout().p(0)));
    mlp =
        child(
            "mlp_layer",
            new Sequential(
                new LayerNorm(channels),
                new Linear(channels, 4 * channels),
                gelu(),
                new Linear(4 * channels, channels),
                dropout().p(0)));
    stochasticDropout = child("stochastic_dropout", new StochasticDepth(depth));
  }

  /** Over a map of the given side, in windows of neighbours. */
  static PartitionAttention inWindows(int channels, int side, double depth) {
    return new PartitionAttention(channels, PARTITION, side / PARTITION, false, depth);
  }

  /** Over a map of the given side, in grids of positions as far apart as there are windows. */
  static PartitionAttention overGrid(int channels, int side, double depth) {
    return new PartitionAttention(channels, side / PARTITION, PARTITION, true, depth);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = partitionOp.call(x);
    y = partitionSwap.call(y);
    y = y.plus(stochasticDropout.call(attention.call(y)));
    y = y.plus(stochasticDropout.call(mlp.call(y)));
    y = departitionSwap.call(y);
    return departitionOp.call(y);
  }

  /** {@code [B, C, H, W]} to {@code [B, windows, positions, C]}. */
  private static final class WindowPartition extends Module {
    private static final ModuleType TYPE = ModuleType.of(MaxVit.MODULE + "WindowPartition");

    private final long side;

    WindowPartition(long side) {
      super(TYPE);
      this.side = side;
    }

    /** Given the window's size. */
    @Override
    public boolean takesTensorsOnly() {
      return false;
    }

    @Override
    protected Tensor forward(Tensor x) {
      long batch = x.size(0);
      long channels = x.size(1);
      long rows = x.size(2) / side;
      long columns = x.size(3) / side;
      if (x.size(2) % side != 0 || x.size(3) % side != 0) {
        throw new ShapeException( // not by a format: as its refusals come in tables
            "windows of "
                + side
                + "x"
                + side
                + " divide a map of the network's input_size but this one is "
                + x);
      }
      Tensor y = x.reshape(batch, channels, rows, side, columns, side);
      y = y.permute(0, 2, 4, 3, 5, 1);
      return y.reshape(batch, rows * columns, side * side, channels);
    }
  }

  /** {@code [B, windows, positions, C]} to {@code [B, C, H, W]}. */
  private static final class WindowDepartition extends Module {
    private static final ModuleType TYPE = ModuleType.of(MaxVit.MODULE + "WindowDepartition");

    private final long side;
    private final long windows;

    WindowDepartition(long side, long windows) {
      super(TYPE);
      this.side = side;
      this.windows = windows;
    }

    /** Given the window's size and how many there are. */
    @Override
    public boolean takesTensorsOnly() {
      return false;
    }

    @Override
    protected Tensor forward(Tensor x) {
      long batch = x.size(0);
      long channels = x.size(3);
      if (x.size(1) * x.size(2) != windows * windows * side * side) {
        throw new ShapeException(
            "%d windows of %dx%d are expected at the network's input_size but there are %d of %d"
                .formatted(windows * windows, side, side, x.size(1), x.size(2)));
      }
      Tensor y = x.reshape(batch, windows, windows, side, side, channels);
      y = y.permute(0, 5, 1, 3, 2, 4);
      return y.reshape(batch, channels, windows * side, windows * side);
    }
  }

  /** Makes positions of windows, and windows of positions. */
  private static final class SwapAxes extends Module {
    private static final ModuleType TYPE = ModuleType.of(MaxVit.MODULE + "SwapAxes");

    SwapAxes() {
      super(TYPE);
    }

    @Override
    protected Tensor forward(Tensor x) {
      return Torch.swapaxes(x, -2, -3);
    }
  }

  /** Attention with a learnt number for each offset between two positions. */
  private static final class RelativeAttention extends Module {
    private static final ModuleType TYPE =
        ModuleType.of(MaxVit.MODULE + "RelativePositionalMultiHeadAttention");
    private static final long POSITIONS = PARTITION * PARTITION;
    private static final long OFFSETS = 2 * PARTITION - 1;

    private final long heads;
    private final Linear toQkv;
    private final Linear merge;
    private final Parameter table;
    private final Parameter index;

    RelativeAttention(int channels) {
      super(TYPE);
      heads = channels / CHANNELS_PER_HEAD;
      toQkv = child("to_qkv", new Linear(channels, 3 * channels));
      merge = child("merge", new Linear(channels, channels));
      table = parameter("relative_position_bias_table", OFFSETS * OFFSETS, heads);
      index = buffer("relative_position_index", POSITIONS, POSITIONS);
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor[] qkv = Torch.chunk(toQkv.call(x), 3, -1);
      Tensor q = byHead(qkv[0], x);
      Tensor k = byHead(qkv[1], x);
      Tensor v = byHead(qkv[2], x);
      k = k.times(1 / Math.sqrt((double) x.size(3)));
      Tensor scores = Torch.einsum("BGHID,BGHJD->BGHIJ", q, k);
      Tensor bias = bias(x);
      Tensor weights = F.softmax(scores.plus(bias), -1);
      Tensor y = Torch.einsum("BGHIJ,BGHJD->BGHID", weights, v);
      y = y.permute(0, 1, 3, 2, 4).reshape(x.shape().sizes());
      return merge.call(y);
    }

    private Tensor byHead(Tensor x, Tensor sizes) {
      return x.reshape(sizes.size(0), sizes.size(1), sizes.size(2), heads, CHANNELS_PER_HEAD)
          .permute(0, 1, 3, 2, 4);
    }

    private Tensor bias(Tensor x) {
      index.on(x).view(-1); // says which rows, and rows are all alike here
      return table
          .on(x)
          .get(Shape.of(POSITIONS * POSITIONS))
          .view(POSITIONS, POSITIONS, -1)
          .permute(2, 0, 1)
          .contiguous()
          .unsqueeze(0);
    }
  }
}
