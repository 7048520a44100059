package org.whichflops.zoo.torchvision;

import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * Window attention in a volume, {@code [B, T, H, W, C]}: windows shrink to a volume that is smaller
 * than they are.
 */
final class ShiftedWindowAttention3d extends WindowAttention {
  private static final ModuleType TYPE =
      ModuleType.of("torchvision.models.video.swin_transformer.ShiftedWindowAttention3d");

  private final Parameter table;
  private final Parameter index;

  ShiftedWindowAttention3d(int channels, int heads, int[] window, boolean shifted) {
    super(TYPE, channels, heads, window, shifted);
    long offsets = 1;
    for (int size : window) {
      offsets *= 2L * size - 1;
    }
    table = parameter("relative_position_bias_table", offsets, heads);
    index = buffer("relative_position_index", volume(window), volume(window));
  }

  @Override
  protected Tensor forward(Tensor x) {
    int[] window = window();
    int[] shift = shift();
    for (int i = 0; i < window.length; i++) {
      if (x.size(i + 1) <= window[i]) {
        window[i] = Math.toIntExact(x.size(i + 1));
        shift[i] = 0;
      }
    }
    long positions = volume(window);
    Index pairs = Index.range(0, positions);
    index.on(x).get(pairs, pairs).flatten(0); // says which rows, and rows are all alike here
    return attend(x, relativePositionBias(table.on(x), positions), window, shift, null);
  }
}
