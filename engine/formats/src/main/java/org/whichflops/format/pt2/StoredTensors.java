package org.whichflops.format.pt2;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;

/**
 * Reads which tensors an archive stores: from {@code data.pkl} of the state dictionary, which is a
 * zip archive in the archive, or from {@code model_weights_config.json}. Storages are not read.
 */
final class StoredTensors {
  private static final int LOCAL_HEADER = 0x504b0304;
  private static final String REBUILD = "torch._utils._rebuild_";

  private StoredTensors() {}

  /** The first file of a torch.save archive is its pickle, which ends by itself. */
  static Stored ofStateDict(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    byte[] header = in.readNBytes(30);
    if (header.length < 30 || java.nio.ByteBuffer.wrap(header).getInt() != LOCAL_HEADER) {
      return Stored.NOTHING;
    }
    int name = (header[26] & 0xff) | (header[27] & 0xff) << 8;
    int extra = (header[28] & 0xff) | (header[29] & 0xff) << 8;
    boolean plain = header[8] == 0 && header[9] == 0;
    String path = new String(in.readNBytes(name), StandardCharsets.UTF_8);
    in.readNBytes(extra);
    if (!plain || !path.endsWith("data.pkl")) {
      return Stored.NOTHING;
    }
    Object value = Pickle.read(in);
    Map<String, Stored.Entry> tensors = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> dictionary) {
      dictionary.forEach(
          (key, tensor) -> {
            Stored.Entry entry = entry(tensor, false, false);
            if (key instanceof String text && entry != null) {
              tensors.put(text, entry);
            }
          });
    }
    return new Stored(tensors);
  }

  /**
   * {@code _rebuild_tensor_v2(storage, offset, size, stride, requires_grad, ...)}, inside {@code
   * _rebuild_parameter(tensor, requires_grad, ...)} for a parameter.
   */
  private static Stored.@Nullable Entry entry(
      @Nullable Object value, boolean parameter, boolean trainable) {
    if (!(value instanceof Pickle.Reduced call)
        || !(call.function() instanceof Pickle.Global function)
        || !function.name().startsWith(REBUILD)) {
      return null;
    }
    List<?> arguments = call.arguments();
    if (function.name().startsWith(REBUILD + "parameter") && !parameter && arguments.size() >= 2) {
      return entry(arguments.get(0), true, Boolean.TRUE.equals(arguments.get(1)));
    }
    if (!function.name().equals(REBUILD + "tensor_v2") || arguments.size() < 3) {
      return null;
    }
    Shape shape = arguments.get(2) instanceof List<?> sizes ? shape(sizes) : null;
    if (shape == null || !(arguments.get(0) instanceof Pickle.Persistent storage)) {
      return null;
    }
    if (!(storage.id() instanceof List<?> id)
        || id.size() < 3
        || !(id.get(2) instanceof String key)
        || !(arguments.get(1) instanceof Long offset)) {
      return null;
    }
    return new Stored.Entry(shape, parameter, trainable, key + " " + offset);
  }

  private static @Nullable Shape shape(List<?> sizes) {
    long[] all = new long[sizes.size()];
    for (int i = 0; i < all.length; i++) {
      if (!(sizes.get(i) instanceof Long size)) {
        return null;
      }
      all[i] = size;
    }
    return shape(all);
  }

  private static @Nullable Shape shape(long... sizes) {
    try {
      Shape shape = Shape.of(sizes);
      shape.numel();
      return shape;
    } catch (ShapeException | ArithmeticException e) {
      return null;
    }
  }

  /** {@code {"config": {"<path>": {"path_name": "weight_0", "is_param": true, ...}}}}. */
  static Stored ofConfig(String file, String entry, InputStream stream) throws IOException {
    Map<String, Stored.Entry> tensors = new LinkedHashMap<>();
    try (Json json = new Json(file, entry, stream)) {
      json.document(
          name -> {
            if (name.equals("config")) {
              json.object(path -> add(tensors, path, json));
            } else {
              json.skip();
            }
          });
    }
    return new Stored(tensors);
  }

  private static void add(Map<String, Stored.Entry> tensors, String path, Json json)
      throws IOException {
    Shape shape = shape();
    boolean parameter = false;
    boolean trainable = false;
    String name = "";
    String offset = "";
    for (String field = json.firstField(); field != null; field = json.nextField()) {
      switch (field) {
        case "path_name" -> name = json.text();
        case "is_param" -> parameter = json.flag();
        case "tensor_meta" -> {
          for (String of = json.firstField(); of != null; of = json.nextField()) {
            switch (of) {
              case "sizes" -> shape = sizes(json);
              case "requires_grad" -> trainable = json.flag();
              case "storage_offset" -> offset = json.written();
              default -> json.skip();
            }
          }
        }
        default -> json.skip();
      }
    }
    if (shape != null) {
      tensors.put(path, new Stored.Entry(shape, parameter, trainable, name + " " + offset));
    }
  }

  /** {@code [{"as_int": 64}, ...]}; null where a size is none. */
  private static @Nullable Shape sizes(Json json) throws IOException {
    List<Long> sizes = new ArrayList<>();
    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
      long size = -1;
      for (String kind = json.firstField(); kind != null; kind = json.nextField()) {
        if (kind.equals("as_int") && json.isWhole()) {
          size = json.whole();
        } else {
          json.skip();
        }
      }
      sizes.add(size);
    }
    return shape(sizes);
  }
}
