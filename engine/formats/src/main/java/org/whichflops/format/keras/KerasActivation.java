package org.whichflops.format.keras;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.format.json.Json;

/**
 * An activation by its Keras name: what it computes, and the nodes that TensorFlow makes of it
 * (keras/src/backend/tensorflow/nn.py, tensorflow/python/ops/nn_ops.py).
 */
record KerasActivation(UnaryOperator<Tensor> function, Consumer<Tensor> nodes) {
  /** {@code linear}: none. */
  static final KerasActivation NONE = new KerasActivation(x -> x, y -> {});

  private static final Map<String, KerasActivation> BY_NAME = new LinkedHashMap<>();

  static {
    put("relu", Activations.RELU::of, "Relu");
    put("relu6", Activations.RELU6::of, "Relu6");
    put("leaky_relu", Activations.LEAKY_RELU::of, "LeakyRelu");
    put("sigmoid", Torch::sigmoid, "Sigmoid");
    put("tanh", Torch::tanh, "Tanh");
    put("elu", Activations.ELU::of, "Elu");
    put("selu", Activations.SELU::of, "Selu");
    put("celu", Activations.CELU::of, "Maximum", "Minimum", "RealDiv", "Expm1", "Mul", "AddV2");
    put("softplus", Activations.SOFTPLUS::of, "Softplus");
    put("softsign", Activations.SOFTSIGN::of, "Softsign");
    put("tanh_shrink", Activations.TANHSHRINK::of, "Tanh", "Sub");
    put("hard_tanh", Activations.HARDTANH::of, "Minimum", "Maximum");
    put("hard_shrink", Activations.HARDSHRINK::of, "Abs", "Greater", "SelectV2");
    put(
        "soft_shrink",
        Activations.SOFTSHRINK::of,
        "Greater",
        "Sub",
        "Less",
        "AddV2",
        "SelectV2",
        "SelectV2");
    put("log_sigmoid", Activations.LOG_SIGMOID::of, "Neg", "Softplus", "Neg");
    put("silu", Activations.SILU::of, "Mul", "Sigmoid", "Mul");
    put("swish", Activations.SILU::of, "Mul", "Sigmoid", "Mul");
    put("gelu", Activations.GELU::of, "Mul", "Neg", "Mul", "Erfc", "Mul");
    put("hard_sigmoid", Activations.HARDSIGMOID::of, "AddV2", "Relu6", "RealDiv");
    put("hard_silu", Activations.HARDSWISH::of, "AddV2", "Relu6", "RealDiv", "Mul");
    put("hard_swish", Activations.HARDSWISH::of, "AddV2", "Relu6", "RealDiv", "Mul");
    put("mish", Activations.MISH::of, "Softplus", "Tanh", "Mul");
    put("exponential", Torch::exp, "Exp");
    put("softmax", x -> F.softmax(x, -1), "Softmax");
    put("log_softmax", x -> F.logSoftmax(x, -1), "LogSoftmax");
  }

  private static void put(String name, UnaryOperator<Tensor> function, String... nodes) {
    BY_NAME.put(
        name,
        new KerasActivation(
            function,
            y -> {
              for (String node : nodes) {
                Tf.node(node, y, y);
              }
            }));
  }

  /** The activation of a name, or null. */
  static @Nullable KerasActivation named(String name) {
    return name.equals("linear") ? NONE : BY_NAME.get(name);
  }

  /** Applies it. */
  Tensor of(Tensor x) {
    Tensor y = function.apply(x);
    if (y != x) {
      Tf.node("Identity", y, x); // so that what is known of x's shape is known of y's
    }
    nodes.accept(y);
    return y;
  }

  /** The activation that a layer's configuration names; an unknown one counts nothing. */
  static KerasActivation of(LayerSpec spec, String key) {
    Json given = spec.config().get(key);
    if (given == null) {
      return NONE;
    }
    String name = given.isText() ? given.text() : given.text("config", "");
    KerasActivation known = named(name);
    if (known == null) {
      spec.notes()
          .add(
              "%s '%s' of layer '%s' is not Keras's own and counts nothing"
                  .formatted(key, name, spec.name()));
      return NONE;
    }
    return known;
  }
}
