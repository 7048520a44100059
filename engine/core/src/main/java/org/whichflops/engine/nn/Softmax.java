package org.whichflops.engine.nn;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.Softmax}, {@code nn.LogSoftmax} and {@code nn.Softmax2d}. */
public final class Softmax extends Module {
  private final int dim;
  private final boolean logarithm;

  private Softmax(String name, int dim, boolean logarithm) {
    super(ModuleType.nn("activation", name));
    this.dim = dim;
    this.logarithm = logarithm;
  }

  /** {@code nn.Softmax(dim)}. */
  public static Softmax softmax(int dim) {
    return new Softmax("Softmax", dim, false);
  }

  /** {@code nn.LogSoftmax(dim)}. */
  public static Softmax logSoftmax(int dim) {
    return new Softmax("LogSoftmax", dim, true);
  }

  /** {@code nn.Softmax2d()}: over channels. */
  public static Softmax softmax2d() {
    return new Softmax("Softmax2d", -3, false);
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.SOFTMAX_SIZE
        ? call.size(Role.X, dim)
        : super.attribute(attribute, call);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return logarithm ? F.logSoftmax(x, dim) : F.softmax(x, dim);
  }

  /** The dimension it runs over. */
  public int dim() {
    return dim;
  }
}
