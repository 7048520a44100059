package org.whichflops.engine.nn;

import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.LayerNorm}: over the last dimensions. */
public final class LayerNorm extends Module {
  /** The class {@code nn.LayerNorm}. */
  public static final ModuleType TYPE = ModuleType.nn("normalization", "LayerNorm");

  private final Shape normalized;
  private final double eps;
  private final NormalizationArguments arguments;

  /** Over the last dimensions, which have these sizes, with a learnt weight and bias. */
  public LayerNorm(long... normalized) {
    this(TYPE, Shape.of(normalized), true, true, 1e-5);
  }

  private LayerNorm(
      ModuleType type, Shape normalized, boolean scaled, boolean shifted, double eps) {
    super(type);
    this.normalized = normalized;
    this.eps = eps;
    this.arguments = new NormalizationArguments(scaled, shifted, -1, normalized.numel());
    if (scaled) {
      parameter("weight", normalized.sizes());
    }
    if (shifted) {
      parameter("bias", normalized.sizes());
    }
  }

  /** The same with {@code elementwise_affine=False}. */
  public LayerNorm notAffine() {
    return new LayerNorm(type(), normalized, false, false, eps);
  }

  /** The same with {@code bias=False}. */
  public LayerNorm noBias() {
    return new LayerNorm(type(), normalized, true, false, eps);
  }

  /** The same as an instance of another class. */
  public LayerNorm as(ModuleType type) {
    return new LayerNorm(type, normalized, arguments.scaled(), arguments.shifted(), eps);
  }

  /** The same with another {@code eps}; 1e-5 unless said. */
  public LayerNorm eps(double eps) {
    return new LayerNorm(type(), normalized, arguments.scaled(), arguments.shifted(), eps);
  }

  @Override
  protected Arguments given() {
    return arguments;
  }

  @Override
  public String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s"
        .formatted(
            PythonTuple.of(normalized.sizes()),
            PythonFloat.repr(eps),
            arguments.scaled() ? "True" : "False");
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.layerNorm(x, normalized, arguments);
  }

  /** The sizes that are normalized. */
  public Shape normalized() {
    return normalized;
  }
}
