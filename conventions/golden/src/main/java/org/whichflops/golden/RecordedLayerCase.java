package org.whichflops.golden;

import java.util.LinkedHashMap;
import java.util.Map;

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

  /**
   * What the note says of operators, in its order: {@code linear} to {@code 280}, and to how often
   * one was met that the tool does not know: {@code UNSUPPORTED aten::add} to {@code 2}.
   */
  public Map<String, Long> operators() {
    Map<String, Long> counts = new LinkedHashMap<>();
    listed("ops=").forEach((name, text) -> counts.put(name, number(text)));
    return counts;
  }

  /** What the note says of modules, the root named {@code <root>}: their counts. */
  public Map<String, Long> modules() {
    Map<String, Long> counts = new LinkedHashMap<>();
    listed("modules=")
        .forEach((name, text) -> counts.put(name, number(text.substring(0, text.indexOf('/')))));
    return counts;
  }

  /** Some tools count whole numbers in floating point: {@code 1400.0}. */
  private static long number(String text) {
    return new java.math.BigDecimal(text).longValueExact();
  }

  private Map<String, String> listed(String prefix) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String part : note.split(" \\| ", -1)) {
      if (part.strip().startsWith(prefix) && part.strip().length() > prefix.length()) {
        for (String entry : part.strip().substring(prefix.length()).split(";", -1)) {
          int colon = entry.lastIndexOf(':');
          entries.put(entry.substring(0, colon), entry.substring(colon + 1));
        }
      }
    }
    return entries;
  }
}
