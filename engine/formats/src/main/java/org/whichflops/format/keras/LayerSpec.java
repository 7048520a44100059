package org.whichflops.format.keras;

import org.jspecify.annotations.Nullable;
import org.whichflops.format.json.Json;

/**
 * What a file says of one layer, model or operation.
 *
 * @param module the Python module of its class; empty in older files and for classes of the user's
 * @param className the class
 * @param name the layer's name
 * @param config its configuration
 * @param trainable whether its weights are trained
 * @param notes takes what the file cannot tell
 */
record LayerSpec(
    String module, String className, String name, Json config, boolean trainable, Notes notes) {

  /** Reads a serialized object. */
  static LayerSpec of(Json object, boolean trainable, Notes notes) {
    Json config = object.at("config");
    String className = object.at("class_name").text();
    String name = object.text("name", "");
    return new LayerSpec(
        object.text("module", ""),
        className,
        name.isEmpty() ? config.text("name", className) : name,
        config,
        trainable && config.flag("trainable", true),
        notes);
  }

  /** An object inside this one, such as the layer of a wrapper; null where there is none. */
  @Nullable LayerSpec inner(String key) {
    Json object = config.get(key);
    return object == null ? null : of(object, trainable, notes);
  }

  /** A part that the layer makes itself, with the same configuration. */
  LayerSpec part(String className, String name) {
    return new LayerSpec("keras.layers", className, name, config, trainable, notes);
  }

  /** Whether it is an operation such as {@code keras.ops.add} and no layer. */
  boolean isOperation() {
    return module.contains(".ops.");
  }

  /** The exact class: {@code keras.layers.Conv2D}. */
  String qualifiedName() {
    if (!module.isEmpty()) {
      return module + "." + className;
    }
    return LayerTypes.knows(className) ? "keras.layers." + className : "custom." + className;
  }

  /** The number format that its weights and arithmetic have, such as {@code mixed_float16}. */
  boolean quantized(String mode) {
    Json dtype = config.get("dtype");
    return dtype != null
        && dtype.isObject()
        && dtype.at("class_name").text().startsWith("Quantized")
        && dtype.at("config").text("mode", "").startsWith(mode);
  }

  /** Whether the layer is quantized in any mode. */
  boolean quantized() {
    return quantized("");
  }

  /** Numbers along the spatial dimensions, given as one or one each. */
  int[] extents(String key, int dims, int least, int fallback) {
    Json found = config.get(key);
    int[] values = new int[dims];
    for (int i = 0; i < dims; i++) {
      if (found == null) {
        values[i] = fallback;
      } else if (!found.isArray()) {
        values[i] = found.whole(least);
      } else if (found.items().size() == dims) {
        values[i] = found.items().get(i).whole(least);
      } else {
        throw found.error(
            "expected %d numbers but there are %d".formatted(dims, found.items().size()));
      }
    }
    return values;
  }

  /** Whether the channels come before the spatial dimensions. */
  boolean channelsFirst() {
    String format = config.text("data_format", "channels_last");
    if (!format.equals("channels_first") && !format.equals("channels_last")) {
      throw config
          .at("data_format")
          .error("'%s' is neither channels_first nor channels_last".formatted(format));
    }
    return format.equals("channels_first");
  }
}
