package org.whichflops.format.keras;

import java.util.Objects;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Layers around a layer. */
final class WrapperLayers {
  private static final int MOST_STEPS = 10_000;

  private WrapperLayers() {}

  private static KerasModule inner(LayerSpec spec, String key) {
    LayerSpec inner = spec.inner(key);
    if (inner == null) {
      throw spec.config().error("'%s' is missing".formatted(key));
    }
    return LayerTypes.make(inner);
  }

  /** {@code Bidirectional}: one layer forwards, one backwards. */
  static final class BothWays extends KerasModule {
    private final KerasModule forward;
    private final KerasModule backward;
    private final String merge;

    BothWays(LayerSpec spec) {
      super(spec);
      forward = inner(spec, "layer");
      LayerSpec other = spec.inner("backward_layer");
      backward = other == null ? inner(spec, "layer") : LayerTypes.make(other);
      String name = forward.spec().name();
      child(name, forward);
      String otherName = backward.spec().name();
      child(otherName.equals(name) ? "backward_" + name : otherName, backward);
      merge = config().get("merge_mode") == null ? "" : config().at("merge_mode").text();
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor[] first = forward.call(new Tensor[] {inputs[0]});
      Tensor[] second = backward.call(new Tensor[] {inputs[0]});
      if (merge.isEmpty()) {
        Tensor[] all = new Tensor[first.length + second.length];
        all[0] = first[0];
        all[1] = second[0];
        System.arraycopy(first, 1, all, 2, first.length - 1);
        System.arraycopy(second, 1, all, 1 + first.length, second.length - 1);
        return all;
      }
      Tensor x = first[0];
      Tensor x2 = second[0];
      Tensor y =
          switch (merge) {
            case "concat" -> Tf.node("ConcatV2", Torch.cat(-1, x, x2), x, x2);
            case "sum" -> Tf.node("AddV2", x.plus(x2), x, x2);
            case "mul" -> Tf.node("Mul", x.times(x2), x, x2);
            case "ave" -> {
              Tensor sum = Tf.node("AddV2", x.plus(x2), x, x2);
              yield Tf.node("RealDiv", sum.over(2), sum);
            }
            default ->
                throw config()
                    .at("merge_mode")
                    .error("'%s' is none of concat, sum, mul, ave".formatted(merge));
          };
      Tensor[] all = new Tensor[first.length + second.length - 1];
      all[0] = y;
      System.arraycopy(first, 1, all, 1, first.length - 1);
      System.arraycopy(second, 1, all, first.length, second.length - 1);
      return all;
    }
  }

  /** {@code TimeDistributed}: the layer once for every step, as a loop in Python. */
  static final class EveryStep extends KerasModule {
    private final KerasModule layer;

    EveryStep(LayerSpec spec) {
      super(spec);
      layer = inner(spec, "layer");
      child(layer.spec().name(), layer);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor x = inputs[0];
      if (x.rank() < 3) {
        throw refuses("[batch, steps, ...]", x);
      }
      if (x.size(1) > MOST_STEPS) {
        throw new ShapeException(
            "TimeDistributed runs over %d steps; at most %d are followed"
                .formatted(x.size(1), MOST_STEPS));
      }
      Tensor[] steps = x.unbind(1);
      for (int i = 0; i < steps.length; i++) {
        Tf.node("StridedSlice", steps[i], x);
        steps[i] = layer.call(new Tensor[] {steps[i]})[0];
      }
      return new Tensor[] {Tf.node("Pack", Torch.stack(1, steps), steps)};
    }
  }

  /** {@code SpectralNormalization} and others that change weights in training only. */
  static final class Around extends KerasModule {
    private final KerasModule layer;

    Around(LayerSpec spec) {
      super(spec);
      layer = inner(spec, "layer");
      child(Objects.requireNonNull(layer).spec().name(), layer);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      return layer.call(inputs);
    }
  }
}
