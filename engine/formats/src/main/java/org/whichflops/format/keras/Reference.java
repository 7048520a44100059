package org.whichflops.format.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.json.Json;

/**
 * A tensor of a functional model, named by where it comes from.
 *
 * @param layer the layer that makes it
 * @param node which call of that layer
 * @param tensor which output of that call
 * @param place where the file says so
 * @param shape its shape in the file, null where the file does not say
 */
record Reference(String layer, int node, int tensor, Json place, @Nullable Json shape) {
  /** Whether a value is a tensor in the encoding of Keras 3. */
  static boolean isTensor(Json value) {
    Json className = value.isObject() ? value.get("class_name") : null;
    return className != null && className.isText() && className.text().equals("__keras_tensor__");
  }

  /** Whether a value is {@code ["layer", node, tensor, ...]}. */
  static boolean isTriple(Json value) {
    return value.isArray() && value.items().size() >= 3 && value.items().get(0).isText();
  }

  /** The tensor of Keras 3's encoding. */
  static Reference of(Json tensor) {
    Json config = tensor.at("config");
    Json history = config.at("keras_history");
    if (!isTriple(history)) {
      throw history.error("expected a layer's name, a node and a tensor");
    }
    return triple(history, config.get("shape"));
  }

  private static Reference triple(Json triple, @Nullable Json shape) {
    List<Json> items = triple.items();
    return new Reference(
        items.get(0).text(), items.get(1).whole(0), items.get(2).whole(0), triple, shape);
  }

  /** All tensors in a value, through lists and dictionaries. */
  static void collect(Json value, List<Reference> into) {
    if (isTensor(value)) {
      into.add(of(value));
    } else if (value.isArray()) {
      value.items().forEach(item -> collect(item, into));
    } else if (value.isObject() && value.get("class_name") == null) {
      value.fields().values().forEach(item -> collect(item, into));
    }
  }

  /**
   * The tensors of {@code input_layers} or {@code output_layers}: one triple, a list of them, or a
   * dictionary, whose keys count in alphabetic order.
   */
  static List<Reference> ends(Json value) {
    List<Reference> ends = new ArrayList<>();
    addEnds(value, ends);
    return ends;
  }

  private static void addEnds(Json value, List<Reference> into) {
    if (isTriple(value)) {
      into.add(triple(value, null));
    } else if (value.isArray()) {
      value.items().forEach(item -> addEnds(item, into));
    } else {
      Map<String, Json> sorted = new TreeMap<>(value.fields());
      sorted.values().forEach(item -> addEnds(item, into));
    }
  }

  /** The tensors of one call in the encoding of Keras 2: a list of {@code [name, 0, 0, {}]}. */
  static void collectOld(Json call, List<Reference> into) {
    if (isTriple(call)) {
      into.add(triple(call, null));
      if (call.items().size() > 3 && call.items().get(3).isObject()) {
        // Other operands of an operation: names of arguments with triples.
        for (Map.Entry<String, Json> other : call.items().get(3).fields().entrySet()) {
          if (isTriple(other.getValue()) && !other.getKey().contains("mask")) {
            into.add(triple(other.getValue(), null));
          }
        }
      }
    } else {
      call.items().forEach(item -> collectOld(item, into));
    }
  }
}
