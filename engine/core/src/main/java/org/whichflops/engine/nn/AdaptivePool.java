package org.whichflops.engine.nn;

import java.util.StringJoiner;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.AdaptiveAvgPool1d} to {@code 3d} and {@code nn.AdaptiveMaxPool1d} to {@code 3d}. */
public final class AdaptivePool extends Module {
  private final boolean max;
  private final AdaptivePoolingArguments arguments;
  private final Extents given;

  private AdaptivePool(boolean max, int dims, int... size) {
    super(ModuleType.nn("pooling", (max ? "AdaptiveMaxPool" : "AdaptiveAvgPool") + dims + "d"));
    this.max = max;
    this.arguments = new AdaptivePoolingArguments(dims, Extents.of(size));
    this.given = Extents.of(size);
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

  /** The hyperparameters. */
  public AdaptivePoolingArguments hyperparameters() {
    return arguments;
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    StringJoiner sizes = new StringJoiner(", ", "(", ")");
    for (int i = 0; i < given.count(); i++) {
      sizes.add(given.get(i) == 0 ? "None" : Integer.toString(given.get(i)));
    }
    String size = sizes.toString();
    return "output_size=" + (given.count() == 1 ? size.substring(1, size.length() - 1) : size);
  }

  @Override
  protected Tensor forward(Tensor x) {
    return max ? F.adaptiveMaxPool(x, arguments) : F.adaptiveAvgPool(x, arguments);
  }
}
