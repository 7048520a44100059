package org.whichflops.zoo.torchvision;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * MViT's {@code Pool}: positions {@code [B, heads, 1 + T H W, C]}, or without heads, pooled in time
 * and space; the class token in front is left alone.
 */
final class MultiscalePool extends Module {
  private static final ModuleType TYPE = ModuleType.of(MViT.MODULE + "Pool");

  private final Module pool;
  private final @Nullable Sequential normAct;
  private final MViT.Grid grid;

  /**
   * A pooling.
   *
   * @param norm after it, null for none
   * @param grid the positions before it
   */
  MultiscalePool(Module pool, @Nullable Module norm, MViT.Grid grid) {
    super(TYPE);
    this.grid = grid;
    this.pool = child("pool", pool);
    normAct = norm == null ? null : child("norm_act", new Sequential(norm));
  }

  /** Given the sizes in time and space. */
  @Override
  public boolean takesTensorsOnly() {
    return false;
  }

  @Override
  protected Tensor forward(Tensor x) {
    boolean headless = x.rank() == 3;
    Tensor[] parts = Torch.tensorSplit(headless ? x.unsqueeze(1) : x, 1, 2);
    Tensor y = parts[1].transpose(2, 3);
    long batch = y.size(0);
    long heads = y.size(1);
    long channels = y.size(2);
    y = y.reshape(batch * heads, channels, grid.frames(), grid.height(), grid.width());
    y = pool.call(y.contiguous());
    y = y.reshape(batch, heads, channels, -1).transpose(2, 3);
    y = Torch.cat(2, parts[0], y);
    y = normAct == null ? y : normAct.call(y);
    return headless ? y.squeeze(1) : y;
  }
}
