package org.whichflops.golden;

/**
 * What a tool returned for a segmentation, video or small hand-written model.
 *
 * @param convention the convention that reproduces the tool, options included
 * @param model the model, by torchvision's name or its own
 * @param source {@code torchvision} or {@code hand}
 * @param input the sizes of the input, as {@code 1x3x16x112x112}
 * @param quantity the tool's word for what it counts
 * @param value the number, exactly; empty where the tool failed
 * @param params what the tool says of parameters; empty where it says nothing
 * @param note how the tool failed, else empty
 */
public record RecordedOtherModel(
    String convention,
    String model,
    String source,
    String input,
    String quantity,
    String value,
    String params,
    String note) {}
