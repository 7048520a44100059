package org.whichflops.format.keras;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.format.json.Json;

/** A layer with an {@code activation}: a function by name, or a layer of its own. */
abstract class ActivatedLayer extends KerasModule {
  private final KerasActivation activation;
  private final @Nullable KerasModule layer;

  ActivatedLayer(LayerSpec spec) {
    super(spec);
    Json given = spec.config().get("activation");
    if (given != null && given.isObject() && LayerTypes.knows(given.at("class_name").text())) {
      LayerSpec inner = LayerSpec.of(given, spec.trainable(), spec.notes());
      layer = child(inner.name(), LayerTypes.make(inner));
      activation = KerasActivation.NONE;
    } else {
      layer = null;
      activation = KerasActivation.of(spec, "activation");
    }
  }

  /** Applies the activation. */
  final Tensor activated(Tensor x) {
    return layer != null ? layer.call(new Tensor[] {x})[0] : activation.of(x);
  }
}
