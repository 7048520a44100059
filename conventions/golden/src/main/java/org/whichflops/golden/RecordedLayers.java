package org.whichflops.golden;

import java.util.List;

/**
 * What a tool holds for every module of one model.
 *
 * @param model the model, by torchvision's name
 * @param batch images at once
 * @param height of the images
 * @param width of the images
 * @param variant empty, or how the tool ran other than it normally does: {@code no_grad}
 * @param layers one for each module, in PyTorch's order of modules
 */
public record RecordedLayers(
    String model, long batch, long height, long width, String variant, List<RecordedLayer> layers) {

  /** Keeps the list as it is now. */
  public RecordedLayers {
    layers = List.copyOf(layers);
  }

  @Override
  public String toString() {
    return "%s at %dx%dx%d%s"
        .formatted(model, batch, height, width, variant.isEmpty() ? "" : " " + variant);
  }
}
