package org.whichflops.format.keras;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.format.json.Json;

/** Activations that are layers of their own. */
final class ActivationLayers {
  private ActivationLayers() {}

  /** {@code Activation} and layers named after one function, such as {@code LeakyReLU}. */
  static final class Named extends KerasModule {
    private final KerasActivation activation;

    Named(LayerSpec spec) {
      super(spec);
      activation =
          switch (spec.className()) {
            case "LeakyReLU" -> known("leaky_relu");
            case "ELU" -> known("elu");
            default -> KerasActivation.of(spec, "activation");
          };
    }

    private static KerasActivation known(String name) {
      return Objects.requireNonNull(KerasActivation.named(name));
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor y = activation.of(inputs[0]);
      if (type().name().equals("ELU") && number(config(), "alpha", 1) != 1) {
        Tf.node("Greater", y, y);
        Tf.node("Mul", y, y);
      }
      return new Tensor[] {y};
    }
  }

  private static double number(Json config, String key, double fallback) {
    Json found = config.get(key);
    return found == null ? fallback : found.number();
  }

  /** {@code ReLU}, with a ceiling, a slope and a threshold (keras/src/activations). */
  static final class Rectifier extends KerasModule {
    private final double ceiling;
    private final double slope;
    private final double threshold;

    Rectifier(LayerSpec spec) {
      super(spec);
      ceiling = number(config(), "max_value", Double.POSITIVE_INFINITY);
      slope = number(config(), "negative_slope", 0);
      threshold = number(config(), "threshold", 0);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      if (slope != 0 && ceiling == Double.POSITIVE_INFINITY && threshold == 0) {
        return new Tensor[] {Tf.node("LeakyRelu", Activations.LEAKY_RELU.of(x), x)};
      }
      if (ceiling == 6 && slope == 0 && threshold == 0) {
        return new Tensor[] {Tf.node("Relu6", Activations.RELU6.of(x), x)};
      }
      boolean capped = ceiling != Double.POSITIVE_INFINITY;
      Tensor y =
          slope != 0
              ? Activations.LEAKY_RELU.of(x)
              : capped ? Activations.HARDTANH.of(x) : Activations.RELU.of(x);
      Tf.node("Identity", y, x);
      if (slope != 0) {
        Tf.node("Neg", y, y);
        if (threshold != 0) {
          Tf.node("AddV2", y, y);
        }
        Tf.node("Relu", y, y);
      }
      if (threshold != 0) {
        Tf.node("Greater", y, y);
        Tf.node("SelectV2", y, y);
      } else {
        Tf.node(ceiling == 6 ? "Relu6" : "Relu", y, y);
      }
      if (capped && !(ceiling == 6 && threshold == 0)) {
        Tf.node("Minimum", y, y);
        Tf.node("Maximum", y, y);
      }
      if (slope != 0) {
        Tf.node("Mul", y, y);
        Tf.node("Sub", y, y);
      }
      return new Tensor[] {y};
    }
  }

  /** {@code PReLU}, whose slopes may be shared along axes. */
  static final class Learnt extends KerasModule {
    private @Nullable Parameter alpha;

    Learnt(LayerSpec spec) {
      super(spec);
    }

    @Override
    void build(Tensor[] inputs) {
      Tensor x = inputs[0];
      long[] sizes = new long[x.rank() - 1];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = x.size(i + 1);
      }
      Json shared = config().get("shared_axes");
      if (shared != null) {
        for (Json axis : shared.items()) {
          int dim = axis.whole(1);
          if (dim > sizes.length) {
            throw axis.error("axis %d of a tensor of %s".formatted(dim, x));
          }
          sizes[dim - 1] = 1;
        }
      }
      alpha = weight("alpha", sizes);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      Parameter slopes = Objects.requireNonNull(alpha);
      Tensor negative = slopes.on(x).times(Activations.RELU.of(x.negated()));
      Tensor y = Activations.RELU.of(x).plus(negative);
      Tensor slope = Tf.tensor(x, slopes.shape().sizes());
      Tf.node("Relu", y, x);
      Tf.node("Neg", slope, slopes);
      Tf.node("Neg", negative, x);
      Tf.node("Relu", negative, negative);
      Tf.node("Mul", negative, negative, slope);
      Tf.node("AddV2", y, y, negative);
      return new Tensor[] {y};
    }
  }

  /** {@code Softmax} along an axis or several. */
  static final class Normalized extends KerasModule {
    Normalized(LayerSpec spec) {
      super(spec);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      Json axis = config().get("axis");
      boolean several = axis != null && axis.isArray() && axis.items().size() > 1;
      Json only = axis != null && axis.isArray() && !several ? axis.items().get(0) : axis;
      long dim = several || only == null ? -1 : only.whole();
      Tensor y = F.softmax(x, (int) Math.max(-99, Math.min(99, dim)));
      if (several) {
        Tf.unknown(x);
      }
      return new Tensor[] {Tf.node("Softmax", y, x)};
    }
  }

  /** {@code Rescaling}: a product and a sum. */
  static final class Rescaled extends KerasModule {
    Rescaled(LayerSpec spec) {
      super(spec);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      Tensor scaled = Torch.mul(x, 1);
      Tensor y = Torch.add(scaled, 1);
      Tf.node("Mul", scaled, x);
      return new Tensor[] {Tf.node("AddV2", y, scaled)};
    }
  }

  /** {@code Dropout} and others that do nothing in inference. */
  static final class Unchanged extends KerasModule {
    Unchanged(LayerSpec spec) {
      super(spec);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      return new Tensor[] {inputs[0]};
    }
  }
}
