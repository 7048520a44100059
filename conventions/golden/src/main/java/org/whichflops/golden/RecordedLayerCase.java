package org.whichflops.golden;

/**
 * What a tool returned for one of the {@link LayerCases}.
 *
 * @param convention the convention that reproduces the tool
 * @param name the case
 * @param constructor the layer in Python
 * @param inputShape the sizes of the input, as {@code 2x6x16x16}; {@code long(4, 5)} for indices
 * @param quantity the tool's word for what it counts; {@code EXCEPTION} where it failed
 * @param value the number, exactly; empty where the tool failed
 * @param params what the tool says of parameters; empty where it says nothing
 * @param note counts by module ({@code modules=path:count/params}) and by operator ({@code
 *     ops=...}), or how the tool failed
 */
public record RecordedLayerCase(
    String convention,
    String name,
    String constructor,
    String inputShape,
    String quantity,
    String value,
    String params,
    String note) {

  /** Whether the network was given a parameter of one element, which the tool cannot do without. */
  public boolean hasAddedParameter() {
    return note.contains("a dummy 1-element parameter was added");
  }

  /** Whether the tool returned nothing for this case. */
  public boolean failed() {
    return quantity.equals("EXCEPTION");
  }
}
