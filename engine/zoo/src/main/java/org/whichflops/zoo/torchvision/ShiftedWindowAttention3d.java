package org.whichflops.zoo.torchvision;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Call;
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
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.SIZE_PRODUCTS
        ? sizeProducts(call.input(0))
        : super.attribute(attribute, call);
  }

  /**
   * Three for the number of windows, twice those for a window's positions, and with a shift both
   * again for the mask. A window's extents are numbers of the program, but for those that became an
   * extent of the input.
   */
  private long sizeProducts(Tensor x) {
    int[] window = window();
    int[] shift = shift();
    shrink(window, shift, x);
    int[] own = window();
    boolean early = x.size(1) <= own[0] || x.size(2) <= own[1];
    int positions = early ? 2 : x.size(3) <= own[2] ? 1 : 0;
    int mask = shift[0] + shift[1] + shift[2] > 0 ? 2 + positions : 0;
    return 3 + 2L * positions + mask;
  }

  /** Makes a window fit into the input, and shift it less. */
  private static void shrink(int[] window, int[] shift, Tensor x) {
    for (int i = 0; i < window.length; i++) {
      if (x.size(i + 1) <= window[i]) {
        window[i] = Math.toIntExact(x.size(i + 1));
        shift[i] = 0;
      }
    }
  }

  @Override
  protected Tensor forward(Tensor x) {
    int[] window = window();
    int[] shift = shift();
    shrink(window, shift, x);
    long positions = volume(window);
    Index pairs = Index.range(0, positions);
    index.on(x).get(pairs, pairs).flatten(0); // says which rows, and rows are all alike here
    return attend(x, relativePositionBias(table.on(x), positions), window, shift, null);
  }
}
