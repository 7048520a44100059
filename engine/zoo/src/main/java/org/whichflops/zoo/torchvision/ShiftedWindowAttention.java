package org.whichflops.zoo.torchvision;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Window attention in a plane, {@code [B, H, W, C]}: Swin's first version and its second. */
abstract class ShiftedWindowAttention extends WindowAttention {
  private static final String MODULE = "torchvision.models.swin_transformer.";
  private static final ModuleType TYPE = ModuleType.of(MODULE + "ShiftedWindowAttention");

  private ShiftedWindowAttention(
      ModuleType type, int channels, int heads, int[] window, boolean shifted) {
    super(type, channels, heads, window, shifted);
  }

  /** A dimension that fits into one window is not shifted; windows keep their size. */
  final int[] shift(Tensor x) {
    int[] shift = shift();
    int[] window = window();
    for (int i = 0; i < shift.length; i++) {
      if (x.size(i + 1) <= window[i]) {
        shift[i] = 0;
      }
    }
    return shift;
  }

  /** Scores are scaled products, with a learnt number for each offset between two positions. */
  static final class V1 extends ShiftedWindowAttention {
    private final Parameter table;

    V1(int channels, int heads, int[] window, boolean shifted) {
      super(TYPE, channels, heads, window, shifted);
      table =
          parameter(
              "relative_position_bias_table", (2L * window[0] - 1) * (2L * window[1] - 1), heads);
      buffer("relative_position_index", volume(window) * volume(window));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor bias = relativePositionBias(table.on(x), volume(window()));
      return attend(x, bias, window(), shift(x), null);
    }
  }

  /**
   * Scores are cosines with a learnt scale, and a small network makes the number for each offset.
   */
  static final class V2 extends ShiftedWindowAttention {
    private static final ModuleType TYPE_2 = TYPE.subclass(MODULE + "ShiftedWindowAttentionV2");

    private final Parameter offsets;
    private final Parameter logitScale;
    private final Sequential network;
    private final @Nullable Parameter precomputed;

    /**
     * As torchvision makes it.
     *
     * @param precomputed whether the bias, which depends on no input, is kept as a constant
     */
    V2(int channels, int heads, int[] window, boolean shifted, boolean precomputed) {
      super(TYPE_2, channels, heads, window, shifted);
      offsets = buffer("relative_coords_table", 1, 2L * window[0] - 1, 2L * window[1] - 1, 2);
      buffer("relative_position_index", volume(window) * volume(window));
      logitScale = parameter("logit_scale", heads, 1, 1);
      network =
          child(
              "cpb_mlp",
              new Sequential(
                  new Linear(2, 512), Activation.reluInplace(), new Linear(512, heads).noBias()));
      long positions = volume(window);
      this.precomputed =
          precomputed ? buffer("relative_position_bias", 1, heads, positions, positions) : null;
    }

    @Override
    protected Tensor forward(Tensor x) {
      if (precomputed != null) {
        return attend(x, precomputed.on(x), window(), shift(x), logitScale);
      }
      Tensor table = network.call(offsets.on(x)).view(-1, heads());
      Tensor bias = relativePositionBias(table, volume(window()));
      bias = Torch.sigmoid(bias).timesFromLeft(16);
      return attend(x, bias, window(), shift(x), logitScale);
    }
  }
}
