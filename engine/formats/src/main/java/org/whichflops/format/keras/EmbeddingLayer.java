package org.whichflops.format.keras;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** {@code Embedding}: rows of a table. */
final class EmbeddingLayer extends KerasModule {
  private final boolean masked;
  private @Nullable Parameter table;

  EmbeddingLayer(LayerSpec spec) {
    super(spec);
    masked = config().flag("mask_zero", false);
    if (spec.quantized()) {
      throw config().at("dtype").error("a quantized Embedding layer is not known");
    }
  }

  @Override
  void build(Tensor[] inputs) {
    table =
        weight("embeddings", config().at("input_dim").whole(1), config().at("output_dim").whole(1));
  }

  @Override
  Tensor[] run(Tensor[] inputs) {
    Tensor x = inputs[0];
    Tensor y = F.embedding(x, Objects.requireNonNull(table));
    // keras/src/backend/tensorflow/numpy.py, take: indices below 0 count from the end
    Tensor indices = Tf.tensor(x, x.shape().sizes());
    Tf.node("Less", indices, x);
    Tf.node("AddV2", indices, x);
    Tf.node("GatherV2", y, indices);
    if (masked) {
      Tf.node("NotEqual[mask]", indices, x);
    }
    return new Tensor[] {y};
  }
}
