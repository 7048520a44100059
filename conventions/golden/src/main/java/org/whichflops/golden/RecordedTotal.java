package org.whichflops.golden;

/**
 * What a tool returned for a whole model.
 *
 * @param convention the convention that reproduces the tool, as {@code thop-0.0.31}
 * @param model the model, by torchvision's name
 * @param batch images at once
 * @param height of the images
 * @param width of the images
 * @param quantity the tool's word for what it counts
 * @param value the number, exactly; empty where the tool failed
 * @param params what the tool says of parameters; empty where it says nothing
 * @param note how the tool failed, else empty
 */
public record RecordedTotal(
    String convention,
    String model,
    long batch,
    long height,
    long width,
    String quantity,
    String value,
    String params,
    String note) {

  /** Whether the tool returned nothing for this model. */
  public boolean failed() {
    return value.isEmpty();
  }
}
