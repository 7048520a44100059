package org.whichflops.format.keras;

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

  /**
   * The activation of a name, or null. A switch and no map: Java links a row's method reference
   * when the row is taken for the first time, and a file has one or two activations.
   */
  static @Nullable KerasActivation named(String name) {
    return switch (name) {
      case "linear" -> NONE;
      case "relu" -> activation(Activations.RELU::of, "Relu");
      case "relu6" -> activation(Activations.RELU6::of, "Relu6");
      case "leaky_relu" -> activation(Activations.LEAKY_RELU::of, "LeakyRelu");
      case "sigmoid" -> activation(Torch::sigmoid, "Sigmoid");
      case "tanh" -> activation(Torch::tanh, "Tanh");
      case "elu" -> activation(Activations.ELU::of, "Elu");
      case "selu" -> activation(Activations.SELU::of, "Selu");
      case "celu" ->
          activation(
              Activations.CELU::of, "Maximum", "Minimum", "RealDiv", "Expm1", "Mul", "AddV2");
      case "softplus" -> activation(Activations.SOFTPLUS::of, "Softplus");
      case "softsign" -> activation(Activations.SOFTSIGN::of, "Softsign");
      case "tanh_shrink" -> activation(Activations.TANHSHRINK::of, "Tanh", "Sub");
      case "hard_tanh" -> activation(Activations.HARDTANH::of, "Minimum", "Maximum");
      case "hard_shrink" -> activation(Activations.HARDSHRINK::of, "Abs", "Greater", "SelectV2");
      case "soft_shrink" ->
          activation(
              Activations.SOFTSHRINK::of,
              "Greater",
              "Sub",
              "Less",
              "AddV2",
              "SelectV2",
              "SelectV2");
      case "log_sigmoid" -> activation(Activations.LOG_SIGMOID::of, "Neg", "Softplus", "Neg");
      case "silu", "swish" -> activation(Activations.SILU::of, "Mul", "Sigmoid", "Mul");
      case "gelu" -> activation(Activations.GELU::of, "Mul", "Neg", "Mul", "Erfc", "Mul");
      case "hard_sigmoid" -> activation(Activations.HARDSIGMOID::of, "AddV2", "Relu6", "RealDiv");
      case "hard_silu", "hard_swish" ->
          activation(Activations.HARDSWISH::of, "AddV2", "Relu6", "RealDiv", "Mul");
      case "mish" -> activation(Activations.MISH::of, "Softplus", "Tanh", "Mul");
      case "exponential" -> activation(Torch::exp, "Exp");
      case "softmax" -> activation(x -> F.softmax(x, -1), "Softmax");
      case "log_softmax" -> activation(x -> F.logSoftmax(x, -1), "LogSoftmax");
      default -> null;
    };
  }

  private static KerasActivation activation(UnaryOperator<Tensor> function, String... nodes) {
    return new KerasActivation(
        function,
        y -> {
          for (String node : nodes) {
            Tf.node(node, y, y);
          }
        });
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
