package org.whichflops.engine.nn;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.Linear}. */
public final class Linear extends Module {
  /** The class {@code nn.Linear}. */
  public static final ModuleType TYPE = ModuleType.nn("linear", "Linear");

  /** The class of the output projection in {@code nn.MultiheadAttention}. */
  public static final ModuleType NON_DYNAMICALLY_QUANTIZABLE =
      TYPE.subclass("torch.nn.modules.linear.NonDynamicallyQuantizableLinear");

  private final int in;
  private final int out;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** A linear layer with bias. */
  public Linear(int in, int out) {
    this(TYPE, in, out, true);
  }

  private Linear(ModuleType type, int in, int out, boolean bias) {
    this(type, in, out, bias, new Parameter(Shape.of(out, in), true));
  }

  private Linear(ModuleType type, int in, int out, boolean bias, Parameter weight) {
    super(type);
    if (in < 1 || out < 1) {
      throw new IllegalArgumentException(
          "features are 1 or more, but in_features=%d, out_features=%d".formatted(in, out));
    }
    this.in = in;
    this.out = out;
    this.weight = parameter("weight", weight);
    this.bias = bias ? parameter("bias", out) : null;
  }

  /** The same layer without bias. */
  public Linear noBias() {
    return new Linear(type(), in, out, false);
  }

  /** The same layer with or without bias. */
  public Linear bias(boolean bias) {
    return new Linear(type(), in, out, bias);
  }

  /** The same layer as an instance of another class. */
  public Linear as(ModuleType type) {
    return new Linear(type, in, out, bias != null);
  }

  /** The same layer with another module's weight. */
  public Linear tiedTo(Parameter weight) {
    return new Linear(type(), in, out, bias != null, weight);
  }

  /** The weight, out x in; for models that use it past the layer. */
  public Parameter weightParameter() {
    return weight;
  }

  /** The bias, or null. */
  public @Nullable Parameter biasParameter() {
    return bias;
  }

  /** The number of input features. */
  public int inFeatures() {
    return in;
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return switch (attribute) {
      case IN_FEATURES -> in;
      case OUT_FEATURES -> out;
      case BIAS -> bias != null ? 1 : 0;
      default -> super.attribute(attribute, call);
    };
  }

  @Override
  public String extraRepr() {
    return "in_features=%d, out_features=%d, bias=%s"
        .formatted(in, out, bias == null ? "False" : "True");
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.linear(x, weight, bias);
  }
}
