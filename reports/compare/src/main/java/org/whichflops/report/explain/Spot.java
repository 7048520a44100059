package org.whichflops.report.explain;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.whichflops.engine.formula.Label;

/**
 * What one side counts at one layer: under each label, and by the function inside the layer where
 * the side looks inside it.
 */
final class Spot {
  /** The part of a layer that is counted as a whole. */
  static final String WHOLE = "";

  private final String type;
  private final Map<String, Map<Label, Amount>> parts = new LinkedHashMap<>();

  Spot(String type) {
    this.type = type;
  }

  void add(String part, Label label, String formula, long amount, long times) {
    parts
        .computeIfAbsent(part, p -> new EnumMap<>(Label.class))
        .computeIfAbsent(label, l -> new Amount())
        .add(formula, amount, times);
  }

  /** The module's type or the function's name. */
  String type() {
    return type;
  }

  /** Whether the layer is counted by its parts only, and never as a whole. */
  boolean inParts() {
    return !parts.containsKey(WHOLE);
  }

  Map<String, Map<Label, Amount>> parts() {
    return parts;
  }

  /** Everything at this layer, whatever part it belongs to. */
  Map<Label, Amount> whole() {
    if (parts.size() == 1) {
      return parts.values().iterator().next();
    }
    Map<Label, Amount> sums = new EnumMap<>(Label.class);
    for (Map<Label, Amount> part : parts.values()) {
      part.forEach((label, amount) -> sums.computeIfAbsent(label, l -> new Amount()).add(amount));
    }
    return sums;
  }
}
