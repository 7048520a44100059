package org.whichflops.golden;

import java.util.Map;

/**
 * What a tool holds by operator for the modules of one model.
 *
 * @param model the model, by torchvision's name
 * @param batch images at once
 * @param height of the images
 * @param width of the images
 * @param variant empty, or how the tool ran other than it normally does
 * @param counts by module, as the tool names it, then by operator
 */
public record RecordedOperators(
    String model,
    long batch,
    long height,
    long width,
    String variant,
    Map<String, Map<String, Long>> counts) {

  @Override
  public String toString() {
    return "%s at %dx%dx%d%s"
        .formatted(model, batch, height, width, variant.isEmpty() ? "" : " " + variant);
  }
}
