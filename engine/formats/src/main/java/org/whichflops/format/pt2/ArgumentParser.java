package org.whichflops.format.pt2;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads graphs, nodes and their arguments. */
final class ArgumentParser {
  private static final String MODULES = "nn_module_stack";
  private static final String FUNCTION = "torch_fn";
  private static final String SOURCE = "source_fn_stack";
  private static final String NO_MODULE = "_empty_nn_module_stack";
  private static final int MOST_MODULES_DEEP = 100;
  private static final int MOST_DIMENSIONS = 64;

  private final Json json;
  private final Symbols symbols;
  private final Map<String, SizeExpr> expressions = new HashMap<>();
  private final List<ExportedSizes.Hinted> hints = new ArrayList<>();
  private Map<String, SizeExpr> wholeNumbers = new HashMap<>();

  ArgumentParser(Json json, Symbols symbols) {
    this.json = json;
    this.symbols = symbols;
  }

  /** What is known of symbols: expressions with their values at the exported size. */
  List<ExportedSizes.Hinted> hints() {
    return hints;
  }

  /** The parts of a graph, which come in any order. */
  private static final class Parts {
    private JsonNode inputs = MissingNode.getInstance();
    private JsonNode outputs = MissingNode.getInstance();
    private JsonNode wholeNumbers = MissingNode.getInstance();
    private final Map<String, Program.Value> values = new HashMap<>();
    private final List<JsonNode> nodes = new ArrayList<>();
  }

  /** The graph that the parser is at, without all of it in memory at once. */
  Program.Graph graph() throws IOException {
    Parts parts = new Parts();
    json.object(
        name -> {
          switch (name) {
            case "nodes" -> json.array(() -> parts.nodes.add(withoutTraces(json.value())));
            case "tensor_values" ->
                json.object(value -> parts.values.put(value, value(value, json.value())));
            case "inputs" -> parts.inputs = json.value();
            case "outputs" -> parts.outputs = json.value();
            case "sym_int_values" -> parts.wholeNumbers = json.value();
            default -> json.skip();
          }
        });
    return graph(parts);
  }

  /** Stack traces are a third of a file, and say nothing that counts. */
  private static JsonNode withoutTraces(JsonNode node) {
    if (node.path("metadata") instanceof ObjectNode metadata) {
      metadata.retain(MODULES, FUNCTION, SOURCE);
    }
    return node;
  }

  /** A graph inside a node. */
  private Program.Graph graph(JsonNode graph) {
    Parts parts = new Parts();
    parts.inputs = graph.path("inputs");
    parts.outputs = graph.path("outputs");
    parts.wholeNumbers = graph.path("sym_int_values");
    graph
        .path("tensor_values")
        .properties()
        .forEach(e -> parts.values.put(e.getKey(), value(e.getKey(), e.getValue())));
    graph.path("nodes").forEach(parts.nodes::add);
    return graph(parts);
  }

  private Program.Graph graph(Parts parts) {
    Map<String, SizeExpr> outer = wholeNumbers;
    wholeNumbers = new HashMap<>();
    parts.wholeNumbers.properties().forEach(e -> wholeNumbers.put(e.getKey(), size(e.getValue())));
    List<Program.Node> nodes = new ArrayList<>();
    for (JsonNode node : parts.nodes) {
      nodes.add(node(node, parts.values));
    }
    wholeNumbers = outer;
    return new Program.Graph(tensors(parts.inputs), nodes, parts.values, tensors(parts.outputs));
  }

  private static List<String> tensors(JsonNode arguments) {
    List<String> names = new ArrayList<>();
    for (JsonNode argument : arguments) {
      JsonNode name = argument.path("as_tensor").path("name");
      if (name.isTextual()) {
        names.add(name.asText());
      }
      for (JsonNode one : argument.path("as_tensors")) {
        names.add(one.path("name").asText(""));
      }
      JsonNode optional = argument.path("as_optional_tensor").path("as_tensor").path("name");
      if (optional.isTextual()) {
        names.add(optional.asText());
      }
    }
    return names;
  }

  private Program.Value value(String name, JsonNode meta) {
    List<SizeExpr> sizes = new ArrayList<>();
    for (JsonNode size : meta.path("sizes")) {
      SizeExpr expr = size(size);
      Long constant = expr.constant();
      if (constant != null && constant < 0) {
        throw json.problem("'%s' has the size %d".formatted(name, constant));
      }
      sizes.add(expr);
    }
    if (sizes.size() > MOST_DIMENSIONS) {
      throw json.problem("'%s' has %d dimensions".formatted(name, sizes.size()));
    }
    return new Program.Value(
        meta.path("dtype").asInt(), sizes, meta.path("requires_grad").asBoolean());
  }

  /** {@code {"as_int": 64}} or {@code {"as_expr": {"expr_str": "...", "hint": {"as_int": 2}}}}. */
  private SizeExpr size(JsonNode size) {
    JsonNode expr = size.path("as_expr");
    if (expr.isMissingNode() || expr.isNull()) {
      JsonNode number = size.path("as_int");
      if (!number.isIntegralNumber() || !number.canConvertToLong()) {
        throw json.problem("a size is {\"as_int\": ...} or {\"as_expr\": ...}, not " + brief(size));
      }
      return new SizeExpr.Number(number.asLong());
    }
    String text = expr.path("expr_str").asText("");
    JsonNode hint = expr.path("hint");
    long value = hint.path("as_int").asLong(hint.asLong(0));
    SizeExpr known = expressions.get(text);
    if (known == null) {
      known = SizeParser.parse(text, symbols);
      if (known == null) {
        known = new SizeExpr.Hint(text, value, symbols);
      }
      expressions.put(text, known);
      if (!hint.isMissingNode() && !hint.isNull()) {
        hints.add(new ExportedSizes.Hinted(known, value));
      }
    }
    return known;
  }

  private static String brief(JsonNode node) {
    String text = node.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }

  private Program.Node node(JsonNode node, Map<String, Program.Value> values) {
    String target = node.path("target").asText("");
    if (target.startsWith("torch.ops.")) {
      target = target.substring("torch.ops.".length());
    }
    Map<String, Argument> inputs = new LinkedHashMap<>();
    for (JsonNode input : node.path("inputs")) {
      inputs.put(input.path("name").asText("arg" + inputs.size()), argument(input.path("arg")));
    }
    List<String> outputs = tensors(node.path("outputs"));
    for (String output : outputs) {
      if (!values.containsKey(output)) {
        throw json.problem("the output '%s' of %s has no tensor_values".formatted(output, target));
      }
    }
    JsonNode metadata = node.path("metadata");
    return new Program.Node(
        target,
        inputs,
        outputs,
        stack(metadata.path(MODULES).asText("")),
        metadata.path(FUNCTION).asText(""),
        last(metadata.path(SOURCE).asText("")));
  }

  private static String last(String stack) {
    return stack.substring(stack.lastIndexOf(';') + 1);
  }

  /** {@code key,path,class;key,path,class}; a key that ends in @k is of the (k+1)-th call. */
  private List<Program.Frame> stack(String text) {
    List<Program.Frame> frames = new ArrayList<>();
    if (text.isEmpty() || text.startsWith(NO_MODULE)) {
      return frames;
    }
    for (String entry : text.split(";", -1)) {
      String[] parts = entry.split(",", -1);
      if (parts.length == 3) {
        if (frames.size() == MOST_MODULES_DEEP) {
          throw json.problem("a node runs in more than %d modules".formatted(MOST_MODULES_DEEP));
        }
        frames.add(new Program.Frame(path(parts[1]), parts[2], call(parts[0])));
      }
    }
    return frames;
  }

  /** Without the {@code L['self'].} that some versions begin a path with. */
  static String path(String path) {
    if (!path.startsWith("L['")) {
      return path;
    }
    int end = path.indexOf("']");
    return end < 0 ? path : path.startsWith(".", end + 2) ? path.substring(end + 3) : "";
  }

  private static int call(String key) {
    int at = key.lastIndexOf('@');
    try {
      return at < 0 ? 0 : Integer.parseInt(key.substring(at + 1));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private Argument argument(JsonNode argument) {
    if (argument.size() != 1) {
      return new Argument.Other("unknown");
    }
    String kind = argument.fieldNames().next();
    JsonNode value = argument.path(kind);
    return switch (kind) {
      case "as_tensor" -> new Argument.Tensor(value.path("name").asText(""));
      case "as_tensors" -> new Argument.Tensors(names(value));
      case "as_optional_tensors" -> new Argument.Tensors(optionalNames(value));
      case "as_optional_tensor" -> {
        String name = optionalName(value);
        yield name == null ? new Argument.None() : new Argument.Tensor(name);
      }
      case "as_none" -> new Argument.None();
      case "as_int" -> new Argument.Ints(List.of(number(value)), false);
      case "as_ints" -> new Argument.Ints(numbers(value), true);
      case "as_sym_int" -> new Argument.Ints(List.of(symbolic(value)), false);
      case "as_sym_ints" -> new Argument.Ints(symbolics(value), true);
      case "as_float" -> new Argument.Floats(List.of(value.asDouble()));
      case "as_floats" -> new Argument.Floats(floats(value));
      case "as_bool" -> new Argument.Flag(value.asBoolean());
      case "as_string" -> new Argument.Text(value.asText(""));
      case "as_graph" -> new Argument.Graph(graph(value.path("graph")));
      default -> new Argument.Other(kind);
    };
  }

  private static List<@Nullable String> names(JsonNode tensors) {
    List<@Nullable String> names = new ArrayList<>();
    for (JsonNode tensor : tensors) {
      names.add(tensor.path("name").asText(""));
    }
    return names;
  }

  private static List<@Nullable String> optionalNames(JsonNode tensors) {
    List<@Nullable String> names = new ArrayList<>();
    for (JsonNode tensor : tensors) {
      names.add(optionalName(tensor));
    }
    return names;
  }

  /** Under as_tensor since schema 3; a plain string before. */
  private static @Nullable String optionalName(JsonNode tensor) {
    JsonNode inner = tensor.path("as_tensor");
    if (inner.isTextual()) {
      return inner.asText();
    }
    return inner.path("name").isTextual() ? inner.path("name").asText() : null;
  }

  private SizeExpr number(JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw json.problem("a whole number is expected but there is " + brief(value));
    }
    return new SizeExpr.Number(value.asLong());
  }

  private List<SizeExpr> numbers(JsonNode values) {
    List<SizeExpr> numbers = new ArrayList<>();
    for (JsonNode value : values) {
      numbers.add(number(value));
    }
    return numbers;
  }

  private SizeExpr symbolic(JsonNode value) {
    if (value.path("as_int").isIntegralNumber()) {
      return number(value.path("as_int"));
    }
    String name = value.path("as_name").asText("");
    SizeExpr known = wholeNumbers.get(name);
    if (known == null) {
      throw json.problem("the whole number '%s' is in no sym_int_values".formatted(name));
    }
    return known;
  }

  private List<SizeExpr> symbolics(JsonNode values) {
    List<SizeExpr> numbers = new ArrayList<>();
    for (JsonNode value : values) {
      numbers.add(symbolic(value));
    }
    return numbers;
  }

  private static List<Double> floats(JsonNode values) {
    List<Double> floats = new ArrayList<>();
    for (JsonNode value : values) {
      floats.add(value.asDouble());
    }
    return floats;
  }
}
