package org.whichflops.format.keras;

import java.util.List;
import org.whichflops.engine.tensor.Tensor;

/** A model that calls layers in a fixed order: {@code Functional} and {@code Sequential}. */
final class FunctionalModel extends KerasModule {
  /** One call of a layer. */
  static final class Step {
    private final KerasModule layer;
    private final int[] inputs;
    private final int firstOutput;
    private final int outputs;

    /**
     * A call.
     *
     * @param inputs the numbers of the tensors it is given
     * @param firstOutput the number of its first output; others follow
     * @param outputs how many outputs have numbers
     */
    Step(KerasModule layer, int[] inputs, int firstOutput, int outputs) {
      this.layer = layer;
      this.inputs = inputs;
      this.firstOutput = firstOutput;
      this.outputs = outputs;
    }

    KerasModule layer() {
      return layer;
    }

    private Tensor[] call(Tensor[] known) {
      Tensor[] arguments = new Tensor[inputs.length];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = known[inputs[i]];
      }
      return layer.call(arguments);
    }
  }

  private List<Step> steps = List.of();
  private int[] outputs = {};
  private int inputs;
  private int tensors;

  FunctionalModel(LayerSpec spec) {
    super(spec);
  }

  /** Adds a layer under its name. */
  void layer(String name, KerasModule layer) {
    child(name, layer);
  }

  /**
   * Says what is called.
   *
   * @param inputs how many inputs there are; their tensors are numbered first
   * @param tensors how many tensors are numbered
   */
  void steps(List<Step> steps, int inputs, int tensors, int[] outputs) {
    this.steps = List.copyOf(steps);
    this.inputs = inputs;
    this.tensors = tensors;
    this.outputs = outputs;
  }

  @Override
  Tensor[] run(Tensor[] given) {
    if (given.length != inputs) {
      throw refuses("%d inputs".formatted(inputs), given);
    }
    Tensor[] known = new Tensor[tensors];
    System.arraycopy(given, 0, known, 0, inputs);
    for (Step step : steps) {
      Tensor[] results = step.call(known);
      for (int i = 0; i < step.outputs; i++) {
        if (i >= results.length) {
          throw step.layer.refuses(
              "to return %d tensors but returns %d".formatted(step.outputs, results.length));
        }
        known[step.firstOutput + i] = results[i];
      }
    }
    Tensor[] results = new Tensor[outputs.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = known[outputs[i]];
    }
    return results;
  }
}
