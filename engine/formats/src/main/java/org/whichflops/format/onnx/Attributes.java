package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node's attributes by name; few, so they are searched from front to back. */
final class Attributes {
  static final Attributes NONE = new Attributes(new String[0], new Object[0]);

  /** An attribute of the function that a node stands in, given where that is called. */
  record Reference(String name) {}

  private final String[] names;
  private final Object[] values;

  private Attributes(String[] names, Object[] values) {
    this.names = names;
    this.values = values;
  }

  /**
   * Attributes under names.
   *
   * @param values each a Long, Double, String, {@code long[]}, {@code double[]}, {@link
   *     TensorInfo}, {@link Graph} or {@link Reference}
   */
  static Attributes of(List<String> names, List<Object> values) {
    return names.isEmpty() ? NONE : new Attributes(names.toArray(new String[0]), values.toArray());
  }

  @Nullable Object find(String name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }

  /** These attributes with references replaced by what a call of the function gives. */
  Attributes resolved(Attributes given) {
    boolean any = false;
    for (Object value : values) {
      any |= value instanceof Reference;
    }
    if (!any) {
      return this;
    }
    List<String> kept = new ArrayList<>();
    List<Object> found = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      Object value = values[i] instanceof Reference r ? given.find(r.name()) : values[i];
      if (value != null) {
        kept.add(names[i]);
        found.add(value);
      }
    }
    return of(kept, found);
  }

  /** The attributes of these and, for names that these lack, of others. */
  Attributes orElse(Attributes defaults) {
    List<String> all = new ArrayList<>(List.of(names));
    List<Object> found = new ArrayList<>(List.of(values));
    for (int i = 0; i < defaults.names.length; i++) {
      if (find(defaults.names[i]) == null) {
        all.add(defaults.names[i]);
        found.add(defaults.values[i]);
      }
    }
    return of(all, found);
  }

  /** The sub-graphs among the attributes. */
  List<Graph> graphs() {
    if (values.length == 0) {
      return List.of();
    }
    List<Graph> graphs = new ArrayList<>(0);
    for (Object value : values) {
      if (value instanceof Graph graph) {
        graphs.add(graph);
      }
    }
    return graphs;
  }
}
