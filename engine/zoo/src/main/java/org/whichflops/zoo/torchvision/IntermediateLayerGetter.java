package org.whichflops.zoo.torchvision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleDict;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;

/**
 * {@code torchvision.models._utils.IntermediateLayerGetter}: the children of a network up to the
 * last one asked for, called one after the other; returns what those asked for return. Its class is
 * derived from {@code nn.ModuleDict}.
 */
final class IntermediateLayerGetter extends Module {
  private static final ModuleType TYPE =
      ModuleDict.TYPE.subclass("torchvision.models._utils.IntermediateLayerGetter");

  private final List<String> returned;

  /**
   * Takes over the children of a network.
   *
   * @param returned the names of those asked for, in the network's order
   */
  IntermediateLayerGetter(Module network, List<String> returned) {
    super(TYPE);
    this.returned = List.copyOf(returned);
    String last = returned.get(returned.size() - 1);
    for (Map.Entry<String, Module> layer : network.children().entrySet()) {
      child(layer.getKey(), layer.getValue());
      if (layer.getKey().equals(last)) {
        break;
      }
    }
  }

  @Override
  public boolean returnsDict() {
    return true;
  }

  @Override
  protected Tensor[] forward(Tensor... inputs) {
    List<Tensor> results = new ArrayList<>();
    Tensor y = inputs[0];
    for (Map.Entry<String, Module> layer : children().entrySet()) {
      y = layer.getValue().call(y);
      if (returned.contains(layer.getKey())) {
        results.add(y);
      }
    }
    return results.toArray(Tensor[]::new);
  }
}
