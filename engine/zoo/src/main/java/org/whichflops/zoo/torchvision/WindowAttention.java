package org.whichflops.zoo.torchvision;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * Attention inside windows of a plane or a volume with channels last, Swin's {@code
 * shifted_window_attention} and {@code shifted_window_attention_3d}: step by step as there.
 *
 * <p>The projections are children that are never called; the functions use their weights.
 */
abstract class WindowAttention extends Module {
  private final Linear qkv;
  private final Linear proj;
  private final int heads;
  private final int[] window;
  private final int[] shift;

  WindowAttention(ModuleType type, int channels, int heads, int[] window, boolean shifted) {
    super(type);
    this.heads = heads;
    this.window = window.clone();
    this.shift = new int[window.length];
    for (int i = 0; i < shift.length && shifted; i++) {
      shift[i] = window[i] / 2;
    }
    qkv = child("qkv", new Linear(channels, 3 * channels));
    proj = child("proj", new Linear(channels, channels));
  }

  final int heads() {
    return heads;
  }

  /** The windows' sizes, a fresh array. */
  final int[] window() {
    return window.clone();
  }

  /** How far every other block's windows are shifted, a fresh array. */
  final int[] shift() {
    return shift.clone();
  }

  /** The number of positions in a window. */
  static long volume(int[] window) {
    long volume = 1;
    for (int size : window) {
      volume = Math.multiplyExact(volume, size);
    }
    return volume;
  }

  /** {@code _get_relative_position_bias}: a row of the table for each pair of positions. */
  static Tensor relativePositionBias(Tensor table, long positions) {
    return table
        .get(Shape.of(positions * positions))
        .view(positions, positions, -1)
        .permute(2, 0, 1)
        .contiguous()
        .unsqueeze(0);
  }

  /**
   * Attention over {@code [B, ..., C]}.
   *
   * @param bias added to the scores of each pair of positions
   * @param window the windows' sizes at this input
   * @param shift 0 where windows of this input are not shifted
   * @param logitScale the learnt scale of cosine attention, null for the plain one
   */
  final Tensor attend(
      Tensor input, Tensor bias, int[] window, int[] shift, @Nullable Parameter logitScale) {
    int dims = window.length;
    long batch = input.size(0);
    long channels = input.size(-1);
    Windows windows = new Windows(input, window, shift);
    Tensor x = F.pad(input, windows.pads());
    if (windows.shifted()) {
      x = Torch.roll(x);
    }
    long count = windows.count();
    long length = volume(window);
    x = x.view(windows.split(batch, channels));
    x = x.permute(windows.windowsFirst()).reshape(batch * count, length, channels);
    Tensor[] qkv = queriesKeysValues(x, logitScale != null);
    Tensor scores = scores(qkv[0], qkv[1], channels, logitScale);
    scores = scores.plus(bias);
    if (windows.shifted()) {
      Tensor mask = windows.mask(x);
      scores = scores.view(x.size(0) / count, count, heads, length, length);
      scores = scores.plus(mask.unsqueeze(1).unsqueeze(0));
      scores = scores.view(-1, heads, length, length);
    }
    Tensor weights = F.softmax(scores, -1);
    weights = F.dropout("F.dropout", weights);
    x = weights.matmul(qkv[2]).transpose(1, 2).reshape(x.size(0), length, channels);
    x = F.linear(x, proj.weightParameter(), proj.biasParameter());
    x = F.dropout("F.dropout", x);
    x = x.view(windows.grouped(batch, channels));
    x = x.permute(windows.positionsJoined()).reshape(windows.padded(batch, channels));
    if (windows.shifted()) {
      x = Torch.roll(x);
    }
    Index[] unpadded = new Index[dims + 2];
    Arrays.fill(unpadded, Index.ALL);
    for (int i = 0; i < dims; i++) {
      unpadded[i + 1] = Index.range(0, input.size(i + 1));
    }
    return x.get(unpadded).contiguous();
  }

  private Tensor[] queriesKeysValues(Tensor x, boolean keysUnbiased) {
    long channels = x.size(-1);
    Parameter learnt = qkv.biasParameter();
    Tensor bias = learnt;
    if (keysUnbiased && learnt != null) {
      bias = learnt.on(x).copy();
      bias.get(Index.range(channels, 2 * channels)).zero_();
    }
    Tensor all = F.linear(x, qkv.weightParameter(), bias);
    all = all.reshape(x.size(0), x.size(1), 3, heads, channels / heads).permute(2, 0, 3, 1, 4);
    return new Tensor[] {all.get(0, 0), all.get(0, 1), all.get(0, 2)};
  }

  private Tensor scores(Tensor q, Tensor k, long channels, @Nullable Parameter logitScale) {
    if (logitScale == null) {
      return q.times(Math.pow((double) channels / heads, -0.5)).matmul(k.transpose(-2, -1));
    }
    Tensor cosines = F.normalize(q, -1).at(F.normalize(k, -1).transpose(-2, -1));
    Tensor scale = Torch.clampMax(logitScale.on(q)).exp();
    return cosines.times(scale);
  }
}
