package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.List;

/** A recorded subscript as Python writes it. */
final class SubscriptText {
  private final Sampled call;
  private final Variables variables;

  SubscriptText(Sampled call, Variables variables) {
    this.call = call;
    this.variables = variables;
  }

  /** The parts of a subscript, from the operators that ran for each of them. */
  String text() {
    List<String> parts = new ArrayList<>();
    for (int dim = 0; dim < call.first().input(0).rank(); dim++) {
      parts.add(":");
    }
    // Where the parts of the input's dimensions stand as they are worked off.
    List<Integer> stands = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      stands.add(i);
    }
    for (Sampled step : call.children()) {
      if (stands.isEmpty()) {
        throw new ConversionException("a subscript cannot be told from the sizes");
      }
      Views one = new Views(step, variables);
      switch (step.key()) {
        case "aten.slice" -> {
          int dim = one.changed();
          parts.set(stands.get(dim), ":" + variables.need(step.outputSizes(0, dim)));
        }
        case "aten.select" -> {
          int dim = one.selected();
          parts.set(stands.remove(dim), "0");
        }
        case "aten.unsqueeze" -> {
          int dim = one.missing(false);
          int at = dim < stands.size() ? stands.get(dim) : parts.size();
          parts.add(at, "None");
          for (int i = dim; i < stands.size(); i++) {
            stands.set(i, stands.get(i) + 1);
          }
          stands.add(dim, at);
        }
        case "aten.index" -> {
          return "tensor(" + indices(step) + ")";
        }
        default -> {}
      }
    }
    while (parts.size() > 1 && parts.get(parts.size() - 1).equals(":")) {
      parts.remove(parts.size() - 1);
    }
    return String.join(", ", parts);
  }

  private String indices(Sampled step) {
    List<String> sizes = new ArrayList<>();
    int rank = step.first().output(0).rank() - step.first().input(0).rank() + 1;
    for (int dim = 0; dim < rank; dim++) {
      sizes.add(variables.need(step.outputSizes(0, dim)));
    }
    return String.join(", ", sizes);
  }
}
