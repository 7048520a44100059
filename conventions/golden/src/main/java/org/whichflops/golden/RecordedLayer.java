package org.whichflops.golden;

/**
 * What a tool holds for one module of a model.
 *
 * @param path the module from the root, empty for the root: {@code features.0.conv}
 * @param type the name of its class, without the Python module
 * @param outputShape as Python prints a list; empty where the module was not called
 * @param quantity the tool's word for what it counts
 * @param count the number, exactly; empty where the tool holds none
 * @param params what the tool says of the module's parameters; empty where it says nothing
 * @param note more that the tool says
 */
public record RecordedLayer(
    String path,
    String type,
    String outputShape,
    String quantity,
    String count,
    String params,
    String note) {}
