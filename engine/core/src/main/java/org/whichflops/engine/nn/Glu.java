package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.GLU}: half of a dimension gates the other half. */
public final class Glu extends Module {
  private final int dim;

  /** Over the given dimension. */
  public Glu(int dim) {
    super(ModuleType.nn("activation", "GLU"));
    this.dim = dim;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.glu(x, dim);
  }

  /** The dimension it runs over. */
  public int dim() {
    return dim;
  }
}
