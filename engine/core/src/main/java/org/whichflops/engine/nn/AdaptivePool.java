package org.whichflops.engine.nn;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.AdaptiveAvgPool1d} to {@code 3d} and {@code nn.AdaptiveMaxPool1d} to {@code 3d}. */
public final class AdaptivePool extends Module {
  private final boolean max;
  private final AdaptivePoolingArguments arguments;

  private AdaptivePool(boolean max, int dims, int... size) {
    super(ModuleType.nn("pooling", (max ? "AdaptiveMaxPool" : "AdaptiveAvgPool") + dims + "d"));
    this.max = max;
    this.arguments = new AdaptivePoolingArguments(dims, Extents.of(size));
  }

  /** {@code nn.AdaptiveAvgPool1d(size)} to {@code 3d}; 0 keeps the input's size. */
  public static AdaptivePool adaptiveAvgPool(int dims, int... size) {
    return new AdaptivePool(false, dims, size);
  }

  /** {@code nn.AdaptiveAvgPool2d(size)}; 0 keeps the input's size. */
  public static AdaptivePool adaptiveAvgPool2d(int... size) {
    return new AdaptivePool(false, 2, size);
  }

  /** {@code nn.AdaptiveMaxPool1d(size)} to {@code 3d}; 0 keeps the input's size. */
  public static AdaptivePool adaptiveMaxPool(int dims, int... size) {
    return new AdaptivePool(true, dims, size);
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return arguments.attribute(attribute, call);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return max ? F.adaptiveMaxPool(x, arguments) : F.adaptiveAvgPool(x, arguments);
  }

  /** The hyperparameters. */
  public AdaptivePoolingArguments hyperparameters() {
    return arguments;
  }
}
