package org.whichflops.engine.nn;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.TransformerEncoder}: layers one after the other, and a normalization where given. */
public final class TransformerEncoder extends Module {
  private final ModuleList layers;
  private final @Nullable Module norm;

  /** An encoder of layers, each of which is another module. */
  public TransformerEncoder(List<? extends Module> layers, @Nullable Module norm) {
    super(ModuleType.nn("transformer", "TransformerEncoder"));
    this.layers = child("layers", new ModuleList(layers));
    this.norm = norm == null ? null : child("norm", norm);
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = x;
    for (Module layer : layers.modules()) {
      y = layer.call(y);
    }
    return norm == null ? y : norm.call(y);
  }
}
