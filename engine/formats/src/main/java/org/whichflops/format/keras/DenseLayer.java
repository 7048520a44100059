package org.whichflops.format.keras;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** {@code Dense}, also quantized to int8. */
final class DenseLayer extends ActivatedLayer {
  private final int units;
  private final boolean biased;
  private final boolean int8;
  private @Nullable Parameter kernel;
  private @Nullable Parameter bias;

  DenseLayer(LayerSpec spec) {
    super(spec);
    units = config().at("units").whole(1);
    biased = config().flag("use_bias", true);
    int8 = spec.quantized("int8");
    if (spec.quantized() && !int8) {
      throw config().at("dtype").error("a Dense layer quantized otherwise than int8 is not known");
    }
  }

  @Override
  void build(Tensor[] inputs) {
    if (inputs[0].rank() < 2) {
      throw refuses("2 dimensions or more", inputs[0]);
    }
    long in = inputs[0].size(-1);
    kernel = int8 ? statistic("kernel", in, units) : weight("kernel", in, units);
    if (int8) {
      statistic("kernel_scale", units);
    }
    bias = biased ? weight("bias", units) : null;
  }

  @Override
  Tensor[] run(Tensor[] inputs) {
    Tensor x = inputs[0];
    Parameter weight = Objects.requireNonNull(kernel);
    Tensor y = F.linear(x, Torch.transpose(weight.on(x), 0, 1), bias);
    if (int8) {
      int8Nodes(x, y, weight);
    } else {
      Tf.node("MatMul", y, x, weight);
    }
    if (bias != null) {
      Tf.add(y, y, bias);
    }
    return new Tensor[] {activated(y)};
  }

  /**
   * The input is scaled by its largest value a row and rounded, the product is scaled back
   * (keras/src/quantizers/quantizers.py, abs_max_quantize; layers/core/dense.py, _int8_call).
   */
  private void int8Nodes(Tensor x, Tensor y, Parameter weight) {
    long[] sizes = x.shape().sizes();
    sizes[sizes.length - 1] = 1;
    Tensor scale = Tf.tensor(x, sizes);
    Tf.node("Max", scale, x);
    Tf.node("AddV2", scale, scale);
    Tf.node("RealDiv", scale, scale);
    Tensor scaled = Tf.tensor(x, x.shape().sizes());
    Tf.node("Mul", scaled, x, scale);
    Tf.node("Minimum", scaled, scaled);
    Tf.node("Maximum", scaled, scaled);
    Tensor scales = Tf.tensor(y, y.shape().sizes());
    Tf.node("Mul", scales, scale);
    Tf.node("BatchMatMulV3", y, scaled, weight);
    Tf.node("RealDiv", y, y, scales);
  }
}
