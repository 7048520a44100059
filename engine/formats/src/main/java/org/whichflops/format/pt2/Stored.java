package org.whichflops.format.pt2;

import java.util.LinkedHashMap;
import java.util.Map;
import org.whichflops.engine.shape.Shape;

/**
 * What an archive says of the tensors that it stores, beside the program: all parameters, used or
 * not, and which of them are one.
 *
 * @param tensors by path, in order
 */
record Stored(Map<String, Entry> tensors) {
  /** An archive that says nothing, or in a way that is not understood. */
  static final Stored NOTHING = new Stored(Map.of());

  /**
   * A tensor.
   *
   * @param parameter whether it is a parameter and not a buffer
   * @param place the storage and the place in it: tensors with the same are one
   */
  record Entry(Shape shape, boolean parameter, boolean trainable, String place) {}

  /** Every parameter's path with the first path of the same tensor. */
  Map<String, String> firstPaths() {
    Map<String, String> byPlace = new LinkedHashMap<>();
    Map<String, String> first = new LinkedHashMap<>();
    tensors.forEach(
        (path, entry) -> {
          if (entry.parameter()) {
            String place = entry.place() + " " + entry.shape();
            String known = byPlace.putIfAbsent(place, path);
            first.put(path, known == null ? path : known);
          }
        });
    return first;
  }
}
