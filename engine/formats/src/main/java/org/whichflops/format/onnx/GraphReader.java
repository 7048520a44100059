package org.whichflops.format.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code GraphProto}, {@code NodeProto} and what stands in them. */
final class GraphReader {
  private static final int MOST_IN_LIST = 1 << 16;
  private static final int MOST_DIMENSIONS = 64;
  private static final int[] NONE = {};

  private final Wire wire;
  private final String file;
  private final TensorReader tensors;
  private final Map<String, String> texts = new HashMap<>();

  GraphReader(Wire wire, String file, ExternalNumbers externals) {
    this.wire = wire;
    this.file = file;
    this.tensors = new TensorReader(wire, externals);
  }

  /**
   * {@code GraphProto}: 1 node, 5 initializer, 11 input, 12 output, 13 value_info, 15
   * sparse_initializer.
   */
  Graph graph(boolean outermost) throws IOException {
    GraphBuilder graph = new GraphBuilder(file);
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 1 -> graph.node(node(graph));
        case 5 -> graph.initializer(tensors.read());
        case 11 -> graph.input(valueInfo());
        case 12 -> graph.output(valueInfo());
        case 13 -> graph.info(valueInfo());
        case 15 -> graph.initializer(sparse());
        default -> wire.skip();
      }
    }
    wire.close(limit);
    return graph.build(outermost);
  }

  /**
   * {@code NodeProto}: 1 input, 2 output, 3 name, 4 op_type, 5 attribute, 7 domain, 9
   * metadata_props.
   */
  Node node(GraphBuilder graph) throws IOException {
    int[] inputs = NONE;
    int inputCount = 0;
    int[] outputs = NONE;
    int outputCount = 0;
    String name = "";
    String firstOutput = "";
    String op = "";
    String domain = "";
    List<String> attributeNames = new ArrayList<>(0);
    List<Object> attributes = new ArrayList<>(0);
    String paths = "";
    String classes = "";
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 1 -> inputs = with(inputs, inputCount++, graph.value(wire.text()));
        case 2 -> {
          String output = wire.text();
          firstOutput = firstOutput.isEmpty() ? output : firstOutput;
          outputs = with(outputs, outputCount++, graph.value(output));
        }
        case 3 -> name = wire.text();
        case 4 -> op = one(wire.text());
        case 5 -> attribute(attributeNames, attributes);
        case 7 -> domain = one(Model.domain(wire.text()));
        case 9 -> {
          String[] property = property();
          switch (property[0]) {
            case "pkg.torch.onnx.name_scopes" -> paths = property[1];
            case "pkg.torch.onnx.class_hierarchy" -> classes = property[1];
            default -> {}
          }
        }
        default -> wire.skip();
      }
    }
    wire.close(limit);
    if (op.isEmpty()) {
      throw wire.wrong("node '%s' has no op_type".formatted(name));
    }
    if (inputCount > MOST_IN_LIST || outputCount > MOST_IN_LIST) {
      throw wire.wrong(
          "node '%s' has %d inputs and %d outputs, and %d are the most"
              .formatted(name, inputCount, outputCount, MOST_IN_LIST));
    }
    ExportedScopes scopes =
        paths.isEmpty()
            ? null
            : new ExportedScopes(ExportedScopes.list(paths), ExportedScopes.list(classes));
    return new Node(
        name.isEmpty() ? firstOutput : name,
        domain,
        op,
        inputCount == inputs.length ? inputs : Arrays.copyOf(inputs, inputCount),
        outputCount == outputs.length ? outputs : Arrays.copyOf(outputs, outputCount),
        Attributes.of(attributeNames, attributes),
        scopes);
  }

  /** One value more, up to as many as a node may have. */
  private static int[] with(int[] values, int count, int value) {
    if (count >= MOST_IN_LIST) {
      return values;
    }
    int[] room = count < values.length ? values : Arrays.copyOf(values, Math.max(1, 2 * count));
    room[count] = value;
    return room;
  }

  /** One object for each text that comes again and again. */
  private String one(String text) {
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  /** {@code StringStringEntryProto}: 1 key, 2 value; a value too long to be a scope is left out. */
  private String[] property() throws IOException {
    String[] pair = {"", ""};
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 1 -> pair[0] = wire.text();
        case 2 ->
            pair[1] = new String(wire.bytes(MOST_IN_LIST), java.nio.charset.StandardCharsets.UTF_8);
        default -> wire.skip();
      }
    }
    wire.close(limit);
    return pair;
  }

  /**
   * {@code AttributeProto}: 1 name, 2 f, 3 i, 4 s, 5 t, 6 g, 7 floats, 8 ints, 9 strings, 20 type,
   * 21 ref_attr_name. What no rule here reads (tensors, graphs, sparse tensors, types) is stepped
   * over.
   */
  void attribute(List<String> names, List<Object> values) throws IOException {
    String name = "";
    Object value = null;
    TensorReader.Collected ints = new TensorReader.Collected(MOST_IN_LIST);
    TensorReader.Collected floats = new TensorReader.Collected(MOST_IN_LIST);
    List<String> strings = new ArrayList<>(0);
    long type = 0;
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 1 -> name = one(wire.text());
        case 2 -> value = (double) wire.float32();
        case 3 -> value = wire.varint();
        case 4 ->
            value = new String(wire.bytes(MOST_IN_LIST), java.nio.charset.StandardCharsets.UTF_8);
        case 5 -> value = tensors.read();
        case 6 -> value = graph(false);
        case 7 -> wire.repeated(Wire.FIXED32, floats);
        case 8 -> wire.repeated(Wire.VARINT, ints);
        case 9 -> strings(strings);
        case 20 -> type = wire.varint();
        case 21 -> value = new Attributes.Reference(wire.text());
        default -> wire.skip();
      }
    }
    wire.close(limit);
    Object found = value != null ? value : list(type, ints, floats, strings);
    if (found != null && !names.contains(name)) {
      names.add(name);
      values.add(found);
    }
  }

  private void strings(List<String> strings) throws IOException {
    String text = new String(wire.bytes(1 << 10), java.nio.charset.StandardCharsets.UTF_8);
    if (strings.size() < Numbers.MOST) {
      strings.add(one(text));
    }
  }

  /** A list, or the default of a type whose value was left out because it is zero. */
  private static @Nullable Object list(
      long type, TensorReader.Collected ints, TensorReader.Collected floats, List<String> strings) {
    if (!strings.isEmpty()) {
      return strings.toArray(new String[0]);
    }
    if (floats.count > 0 && floats.count <= MOST_IN_LIST) {
      double[] all = new double[floats.count];
      for (int i = 0; i < all.length; i++) {
        all[i] = Float.intBitsToFloat((int) floats.kept[i]);
      }
      return all;
    }
    if (ints.count > 0 && ints.count <= MOST_IN_LIST) {
      return Arrays.copyOf(ints.kept, ints.count);
    }
    return switch ((int) type) {
      case 1 -> 0.0;
      case 2 -> 0L;
      case 3 -> "";
      case 7 -> ints.count + floats.count > 0 ? null : new long[0];
      default -> null;
    };
  }

  /** {@code SparseTensorProto}: 1 values, which has the name, 3 dims. */
  private TensorInfo sparse() throws IOException {
    TensorInfo values = null;
    TensorReader.Collected dims = new TensorReader.Collected(MOST_DIMENSIONS);
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 1 -> values = tensors.read();
        case 3 -> wire.repeated(Wire.VARINT, dims);
        default -> wire.skip();
      }
    }
    wire.close(limit);
    if (values == null || dims.count > MOST_DIMENSIONS) {
      throw wire.wrong("a sparse initializer has no values, or too many dimensions");
    }
    long[] sizes = Arrays.copyOf(dims.kept, dims.count);
    for (long size : sizes) {
      if (size < 0) {
        throw wire.wrong("a sparse initializer has a size of " + size);
      }
    }
    return new TensorInfo(values.name(), values.type(), sizes, null, "");
  }

  /** {@code ValueInfoProto}: 1 name, 2 type, where {@code TypeProto}'s 1 is a tensor's. */
  ValueInfo valueInfo() throws IOException {
    String name = "";
    ValueInfo found = null;
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 1 -> name = wire.text();
        case 2 -> {
          int type = wire.open();
          for (int kind = wire.next(); kind != 0; kind = wire.next()) {
            if (kind == 1) {
              found = tensorType();
            } else {
              wire.skip();
            }
          }
          wire.close(type);
        }
        default -> wire.skip();
      }
    }
    wire.close(limit);
    return found == null
        ? new ValueInfo(name, ElementType.UNDEFINED, null, new String[0], false)
        : new ValueInfo(name, found.type(), found.sizes(), found.names(), true);
  }

  /** {@code TypeProto.Tensor}: 1 elem_type, 2 shape. */
  private ValueInfo tensorType() throws IOException {
    ElementType type = ElementType.UNDEFINED;
    List<Long> sizes = null;
    List<@Nullable String> names = new ArrayList<>();
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 1 -> type = ElementType.of(wire.varint());
        case 2 -> {
          sizes = new ArrayList<>();
          shape(sizes, names);
        }
        default -> wire.skip();
      }
    }
    wire.close(limit);
    long[] all = null;
    if (sizes != null) {
      all = new long[sizes.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = sizes.get(i);
      }
    }
    return new ValueInfo("", type, all, names.toArray(new String[0]), true);
  }

  /** {@code TensorShapeProto}: 1 dim, whose 1 is dim_value and 2 dim_param. */
  private void shape(List<Long> sizes, List<@Nullable String> names) throws IOException {
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      if (field != 1) {
        wire.skip();
        continue;
      }
      if (sizes.size() == MOST_DIMENSIONS) {
        throw wire.wrong("a value has more than %d dimensions".formatted(MOST_DIMENSIONS));
      }
      long size = ValueInfo.OPEN;
      String name = null;
      int dim = wire.open();
      for (int part = wire.next(); part != 0; part = wire.next()) {
        switch (part) {
          case 1 -> {
            // -1 and 0 are what exporters write for a size they do not know.
            long said = wire.varint();
            if (said < -1) {
              throw wire.wrong("a size is " + said);
            }
            size = said > 0 ? said : ValueInfo.OPEN;
          }
          case 2 -> name = one(wire.text());
          default -> wire.skip();
        }
      }
      wire.close(dim);
      sizes.add(size);
      names.add(name == null || name.isEmpty() ? null : name);
    }
    wire.close(limit);
  }
}
