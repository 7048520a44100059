package org.whichflops.engine.nn;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.Bilinear}: every output is a quadratic form of two inputs. */
public final class Bilinear extends Module {
  private final int out;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  /** Of two inputs with so many features. */
  public Bilinear(int in1, int in2, int out, boolean bias) {
    super(ModuleType.nn("linear", "Bilinear"));
    this.out = out;
    this.weight = parameter("weight", out, in1, in2);
    this.bias = bias ? parameter("bias", out) : null;
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    return switch (attribute) {
      case OUT_FEATURES -> out;
      case BIAS -> bias == null ? 0 : 1;
      default -> super.attribute(attribute, call);
    };
  }

  @Override
  public String extraRepr() {
    return "in1_features=%d, in2_features=%d, out_features=%d, bias=%s"
        .formatted(weight.size(1), weight.size(2), out, bias == null ? "False" : "True");
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    return new Tensor[] {F.bilinear(inputs[0], inputs[1], weight, bias, this)};
  }
}
