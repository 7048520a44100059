package org.whichflops.format.keras;

import java.util.List;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.format.json.Json;

/**
 * A layer of the user's own, or one whose work is Python code. Nothing of it counts; its outputs
 * have the shapes that the file gives where they are used, or the input's.
 */
final class UnknownLayer extends KerasModule {
  private final List<Json> shapes;

  UnknownLayer(LayerSpec spec, List<Json> shapes) {
    super(spec);
    this.shapes = shapes;
    spec.notes()
        .uncounted(
            spec.className().equals("Lambda")
                ? "layer '%s' (Python code)".formatted(spec.name())
                : "layer '%s' (class %s, not known)".formatted(spec.name(), spec.className()));
  }

  @Override
  Tensor[] run(Tensor[] inputs) {
    if (inputs.length == 0) {
      throw refuses("an input", inputs);
    }
    Tensor x = inputs[0];
    Tensor[] outputs = new Tensor[Math.max(1, shapes.size())];
    outputs[0] = x;
    for (int i = 0; i < shapes.size(); i++) {
      List<Json> sizes = shapes.get(i).items();
      long[] shape = new long[sizes.size()];
      for (int d = 0; d < shape.length; d++) {
        Json size = sizes.get(d);
        boolean open = size.isNull() || (d == 0 && x.rank() > 0);
        shape[d] = open ? (d < x.rank() ? x.size(d) : 1) : size.whole(1);
      }
      outputs[i] = Tf.tensor(x, shape);
    }
    for (Tensor output : outputs) {
      Tf.node(type().name(), output, inputs);
    }
    return outputs;
  }
}
