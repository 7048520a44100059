package org.whichflops.format.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;

/**
 * Reads {@code ModelProto}: 2 producer_name, 3 producer_version, 7 graph, 8 opset_import, 25
 * functions.
 */
final class ModelReader {
  private static final int MOST_FUNCTIONS = 10_000;

  private final Wire wire;
  private final String file;
  private final ExternalNumbers externals;

  private ModelReader(Content content) throws IOException {
    this.wire = new Wire(content);
    this.file = content.name();
    this.externals = new ExternalNumbers(content);
  }

  /**
   * A file's model.
   *
   * @throws FormatException where the file is not what it should be
   */
  static Model read(Content content) throws IOException {
    ModelReader reader = new ModelReader(content);
    try {
      return reader.model();
    } catch (InvalidProtocolBufferException e) {
      throw reader.wire.wrong(e);
    }
  }

  private Model model() throws IOException {
    String producer = "";
    String version = "";
    Graph graph = null;
    Map<String, Long> opsets = new HashMap<>();
    Map<String, Model.Function> functions = new HashMap<>();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 2 -> producer = wire.text();
        case 3 -> version = wire.text();
        case 7 -> graph = new GraphReader(wire, file, externals).graph(true);
        case 8 -> opset(opsets);
        case 25 -> function(functions);
        default -> wire.skip();
      }
    }
    if (graph == null) {
      throw new FormatException(file, "", "it is an ONNX file without a graph");
    }
    return new Model(file, (producer + " " + version).trim(), opsets, graph, functions);
  }

  /** {@code OperatorSetIdProto}: 1 domain, 2 version. */
  private void opset(Map<String, Long> opsets) throws IOException {
    String domain = "";
    long version = 0;
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 1 -> domain = Model.domain(wire.text());
        case 2 -> version = wire.varint();
        default -> wire.skip();
      }
    }
    wire.close(limit);
    opsets.put(domain, version);
  }

  /**
   * {@code FunctionProto}: 1 name, 4 input, 5 output, 7 node, 9 opset_import, 10 domain, 11
   * attribute_proto, 12 value_info.
   */
  private void function(Map<String, Model.Function> functions) throws IOException {
    GraphReader reader = new GraphReader(wire, file, externals);
    GraphBuilder body = new GraphBuilder(file);
    String name = "";
    String domain = "";
    Map<String, Long> opsets = new HashMap<>();
    List<String> names = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    int limit = wire.open();
    for (int field = wire.next(); field != 0; field = wire.next()) {
      switch (field) {
        case 1 -> name = wire.text();
        case 4 -> body.input(untyped(wire.text()));
        case 5 -> body.output(untyped(wire.text()));
        case 7 -> body.node(reader.node(body));
        case 9 -> opset(opsets);
        case 10 -> domain = Model.domain(wire.text());
        case 11 -> reader.attribute(names, values);
        case 12 -> body.info(reader.valueInfo());
        default -> wire.skip();
      }
    }
    wire.close(limit);
    if (functions.size() == MOST_FUNCTIONS) {
      throw wire.wrong("there are more than %d functions".formatted(MOST_FUNCTIONS));
    }
    Model.Function function =
        new Model.Function(domain, name, Attributes.of(names, values), body.build(true), opsets);
    if (functions.put(Model.Function.key(domain, name), function) != null) {
      throw new FormatException(file, "function '" + name + "'", "it is defined twice");
    }
  }

  private static ValueInfo untyped(String name) {
    return new ValueInfo(name, ElementType.UNDEFINED, null, new String[0], true);
  }
}
