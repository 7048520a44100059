package org.whichflops.zoo.ops;

import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** {@code torchvision.ops.misc.Permute}: {@code torch.permute} as a module. */
public final class Permute extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.ops.misc.Permute");

  private final int[] dims;

  /** Puts the dimensions in the given order. */
  public Permute(int... dims) {
    super(TYPE);
    this.dims = dims.clone();
  }

  /** {@code Permute([0, 2, 3, 1])}: channels last. */
  public static Permute channelsLast() {
    return new Permute(0, 2, 3, 1);
  }

  /** {@code Permute([0, 3, 1, 2])}: channels first again. */
  public static Permute channelsFirst() {
    return new Permute(0, 3, 1, 2);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return Torch.permute(x, dims);
  }
}
