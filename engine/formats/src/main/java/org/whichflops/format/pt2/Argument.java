package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node is given for one parameter of its operator. */
sealed interface Argument {
  /** A tensor, by its value's name. */
  record Tensor(String name) implements Argument {}

  /** Several tensors; null where one is left out. */
  record Tensors(List<@Nullable String> names) implements Argument {
    /** Those that are there. */
    List<String> present() {
      List<String> present = new ArrayList<>(names.size());
      for (String name : names) {
        if (name != null) {
          present.add(name);
        }
      }
      return present;
    }
  }

  /** One whole number or several. */
  record Ints(List<SizeExpr> values, boolean list) implements Argument {}

  /** One number with a point or several. */
  record Floats(List<Double> values) implements Argument {}

  /** A word. */
  record Text(String text) implements Argument {}

  /** True or false. */
  record Flag(boolean value) implements Argument {}

  /** Python's None. */
  record None() implements Argument {}

  /** The graph of a higher-order operator. */
  record Graph(Program.Graph graph) implements Argument {}

  /** Anything that changes neither shapes nor counts: a device, a layout, a dtype. */
  record Other(String kind) implements Argument {}
}
