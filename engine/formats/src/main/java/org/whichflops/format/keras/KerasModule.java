package org.whichflops.format.keras;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.format.json.Json;

/**
 * A layer, a model or an operation of Keras. As in Keras its weights are made at its first call,
 * which says how large they are; the reader calls every model once.
 */
abstract class KerasModule extends Module {
  private final LayerSpec spec;
  private boolean built;

  KerasModule(LayerSpec spec) {
    super(ModuleType.of(spec.qualifiedName()));
    this.spec = spec;
  }

  /** What the file says of it. */
  final LayerSpec spec() {
    return spec;
  }

  /** Its configuration in the file. */
  final Json config() {
    return spec.config();
  }

  /** Makes the weights, knowing the inputs of the first call. */
  void build(Tensor[] inputs) {}

  /** Does the layer's work. */
  abstract Tensor[] run(Tensor[] inputs);

  /** A weight, trainable unless the layer is frozen. */
  final Parameter weight(String name, long... sizes) {
    return parameter(name, new Parameter(Shape.of(sizes), spec.trainable()));
  }

  /** A weight that is never trained, such as a moving average. */
  final Parameter statistic(String name, long... sizes) {
    return parameter(name, new Parameter(Shape.of(sizes), false));
  }

  @Override
  protected final Tensor forward(Tensor x) {
    return forward(new Tensor[] {x})[0];
  }

  @Override
  protected final Tensor[] forward(Tensor... inputs) {
    if (!built) {
      built = true;
      build(inputs);
    }
    return run(inputs);
  }

  /** A refusal to take the inputs. */
  final ShapeException refuses(String expected, Tensor... inputs) {
    return new ShapeException(
        "%s expects %s but has %s"
            .formatted(
                type().name(),
                expected,
                Arrays.stream(inputs).map(Tensor::toString).collect(Collectors.joining(", "))));
  }
}
