package org.whichflops.format.keras;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;
import org.whichflops.format.ModelFormat;
import org.whichflops.format.json.Json;
import org.whichflops.format.json.JsonDocument;

/** {@code .keras} files, and the JSON of {@code model.to_json()}. Weights stay unread. */
public final class KerasFormat implements ModelFormat {
  private static final String CONFIG = "config.json";
  private static final int MOST_ENTRIES = 10_000;
  private static final int LOCAL_HEADER = 0x504b0304;

  /** A reader. */
  public KerasFormat() {}

  @Override
  public String name() {
    return "Keras (.keras or JSON)";
  }

  @Override
  public boolean recognises(Content content) throws IOException {
    byte[] bytes = content.start();
    if (isArchive(bytes)) {
      try (ZipInputStream zip = new ZipInputStream(new Kept(content.stream()))) {
        return find(zip, content) != null;
      } catch (IllegalArgumentException | ZipException | EOFException e) {
        return false;
      }
    }
    String start = new String(bytes, StandardCharsets.UTF_8);
    return start.stripLeading().startsWith("{")
        && start.contains("\"class_name\"")
        && start.contains("\"config\"");
  }

  private static boolean isArchive(byte[] start) {
    return start.length >= Integer.BYTES && ByteBuffer.wrap(start).getInt() == LOCAL_HEADER;
  }

  private static @org.jspecify.annotations.Nullable ZipEntry find(
      ZipInputStream zip, Content content) throws IOException {
    ZipEntry entry = zip.getNextEntry();
    for (int i = 0; entry != null && !entry.getName().equals(CONFIG); i++) {
      if (i == MOST_ENTRIES) {
        throw new FormatException(
            content.name(), "", "more than %d entries before %s".formatted(MOST_ENTRIES, CONFIG));
      }
      entry = zip.getNextEntry();
    }
    return entry;
  }

  @Override
  public Network read(Content content) throws IOException {
    return read(content.name(), root(content));
  }

  private static Json root(Content content) throws IOException {
    if (isArchive(content.start())) {
      try (ZipInputStream zip = new ZipInputStream(new Kept(content.stream()))) {
        if (find(zip, content) == null) {
          throw new FormatException(content.name(), "", "it has no entry " + CONFIG);
        }
        return JsonDocument.byPath(content.name(), zip);
      } catch (ZipException | EOFException | IllegalArgumentException e) {
        throw new FormatException(
            content.name(), CONFIG, "not a readable zip entry: " + e.getMessage());
      }
    }
    return JsonDocument.byPath(content.name(), content.stream());
  }

  /** A stream whose channel is read again after it. */
  private static final class Kept extends FilterInputStream {
    Kept(InputStream stream) {
      super(stream);
    }

    @Override
    public void close() {}
  }

  private static Network read(String file, Json root) {
    if (!ModelReader.isModel(root)) {
      throw root.error(
          "expected a Sequential or Functional model with layers, but its class is '%s'"
              .formatted(root.text("class_name", "unknown")));
    }
    Notes notes = new Notes();
    LayerSpec spec = LayerSpec.of(root, true, notes);
    KerasInput input = input(spec, root);
    KerasModule model = new ModelReader().read(spec);
    if (input.open()) {
      notes.add(
          "the file leaves sizes of the input open; %s unless asked".formatted(input.shape()));
    }
    build(file, model, input);
    try {
      return new Network(file, model, input, notes.text(), notes.uncounted());
    } catch (ArithmeticException e) {
      throw new FormatException(file, "", "its parameters pass 2^63 - 1");
    }
  }

  /** Calls the model once, as Keras does, so that its weights are made. */
  private static void build(String file, KerasModule model, KerasInput input) {
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    try {
      Shape first = input.shape();
      List<Tensor> inputs = new ArrayList<>();
      inputs.add(pass.input(first.sizes()));
      input.others(first).forEach(shape -> inputs.add(pass.input(shape.sizes())));
      model.call(inputs.toArray(Tensor[]::new));
    } catch (ShapeException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new FormatException(file, place(pass), String.valueOf(e.getMessage()));
    } catch (ArithmeticException e) {
      throw new FormatException(file, place(pass), "sizes pass 2^63 - 1");
    }
  }

  private static String place(ForwardPass pass) {
    return pass.runningModule() instanceof KerasModule layer
        ? "layer '%s'".formatted(layer.spec().name())
        : "";
  }

  private static KerasInput input(LayerSpec spec, Json root) {
    List<long[]> shapes = new ArrayList<>();
    Json ends = spec.config().get("input_layers");
    List<Json> layers = spec.config().at("layers").items();
    if (ends == null) {
      shapes.add(sequentialInput(spec, layers));
    } else {
      for (Reference end : Reference.ends(ends)) {
        shapes.add(sizes(inputLayer(end, layers)));
      }
    }
    if (shapes.isEmpty()) {
      throw root.error("the model has no input");
    }
    return new KerasInput(shapes.get(0), shapes.subList(1, shapes.size()), channelsFirst(layers));
  }

  private static Json inputLayer(Reference end, List<Json> layers) {
    for (Json layer : layers) {
      String name = layer.text("name", layer.at("config").text("name", ""));
      if (name.equals(end.layer())) {
        return batchShape(layer.at("config"));
      }
    }
    throw end.place().error("there is no layer '%s'".formatted(end.layer()));
  }

  private static Json batchShape(Json config) {
    Json shape = config.get("batch_shape");
    Json older = config.get("batch_input_shape");
    if (shape == null && older == null) {
      throw config.error("'batch_shape' is missing");
    }
    return shape != null ? shape : java.util.Objects.requireNonNull(older);
  }

  private static long[] sequentialInput(LayerSpec spec, List<Json> layers) {
    Json built = spec.config().get("build_input_shape");
    Json at = layers.isEmpty() ? null : layers.get(0);
    while (built == null && at != null) {
      Json config = at.at("config");
      if (config.get("batch_shape") != null || config.get("batch_input_shape") != null) {
        return sizes(batchShape(config));
      }
      List<Json> inner = config.get("layers") == null ? List.of() : config.at("layers").items();
      at = inner.isEmpty() ? null : inner.get(0);
    }
    if (built == null || !built.isArray()) {
      throw spec.config()
          .error(
              "the model was never built, so its input is not in the file; call it once, or add keras.Input");
    }
    return sizes(built);
  }

  private static long[] sizes(Json shape) {
    long[] sizes = new long[shape.items().size()];
    if (sizes.length == 0) {
      throw shape.error("an input has one dimension or more");
    }
    for (int i = 0; i < sizes.length; i++) {
      Json size = shape.items().get(i);
      sizes[i] = size.isNull() ? 0 : size.whole(1);
    }
    return sizes;
  }

  private static boolean channelsFirst(List<Json> layers) {
    for (Json layer : layers) {
      Json format = layer.at("config").isObject() ? layer.at("config").get("data_format") : null;
      if (format != null) {
        return format.isText() && format.text().equals("channels_first");
      }
    }
    return false;
  }
}
