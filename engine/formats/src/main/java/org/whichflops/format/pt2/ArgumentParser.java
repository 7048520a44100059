package org.whichflops.format.pt2;

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
  private static final Argument UNKNOWN = new Argument.Other("unknown");
  private static final SizeExpr NOT_YET = new SizeExpr.Number(0);

  private final Json json;
  private final Symbols symbols;
  private final Map<String, SizeExpr> expressions = new HashMap<>();
  private final List<ExportedSizes.Hinted> hints = new ArrayList<>();
  private Parts parts = new Parts();

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
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final Map<String, Program.Value> values = new HashMap<>();
    private final Map<String, SizeExpr> wholeNumbers = new HashMap<>();
    private final List<Program.Node> nodes = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
  }

  /**
   * A place among an argument's numbers for one that the graph names, and says later what it is.
   */
  private record Gap(List<SizeExpr> numbers, int place, String name) {}

  /** The graph that the parser is at. */
  Program.Graph graph() throws IOException {
    Parts outer = parts;
    Parts own = new Parts();
    parts = own;
    json.object(this::part);
    parts = outer;
    fill(own);
    for (Program.Node node : own.nodes) {
      for (String output : node.outputs()) {
        if (!own.values.containsKey(output)) {
          throw json.problem(
              "the output '%s' of %s has no tensor_values".formatted(output, node.target()));
        }
      }
    }
    return new Program.Graph(own.inputs, own.nodes, own.values, own.outputs);
  }

  private void part(String name) throws IOException {
    switch (name) {
      case "nodes" -> json.array(this::node);
      case "tensor_values" -> json.object(value -> parts.values.put(value, value(value)));
      case "inputs" -> tensors(parts.inputs);
      case "outputs" -> tensors(parts.outputs);
      case "sym_int_values" -> json.object(number -> parts.wholeNumbers.put(number, size()));
      default -> json.skip();
    }
  }

  private void fill(Parts own) {
    for (Gap gap : own.gaps) {
      SizeExpr known = own.wholeNumbers.get(gap.name());
      if (known == null) {
        throw json.problem("the whole number '%s' is in no sym_int_values".formatted(gap.name()));
      }
      gap.numbers().set(gap.place(), known);
    }
  }

  /** Adds the names of the tensors among arguments that a graph or a node takes or returns. */
  private void tensors(List<String> names) throws IOException {
    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
      for (String kind = json.firstField(); kind != null; kind = json.nextField()) {
        switch (kind) {
          case "as_tensor" -> addNamed(json.text("name"), names);
          case "as_tensors" -> names.addAll(names());
          case "as_optional_tensor" -> addNamed(optionalName(), names);
          default -> json.skip();
        }
      }
    }
  }

  private static void addNamed(@Nullable String name, List<String> names) {
    if (name != null && !name.isEmpty()) {
      names.add(name);
    }
  }

  /** A value's type and sizes; where its numbers lie does not count. */
  private Program.Value value(String name) throws IOException {
    long type = 0;
    boolean requiresGrad = false;
    List<SizeExpr> sizes = new ArrayList<>(4);
    for (String field = json.firstField(); field != null; field = json.nextField()) {
      switch (field) {
        case "dtype" -> type = json.whole();
        case "requires_grad" -> requiresGrad = json.flag();
        case "sizes" -> {
          for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            sizes.add(sizeOf(name));
          }
        }
        default -> json.skip();
      }
    }
    if (sizes.size() > MOST_DIMENSIONS) {
      throw json.problem("'%s' has %d dimensions".formatted(name, sizes.size()));
    }
    return new Program.Value((int) type, sizes, requiresGrad);
  }

  private SizeExpr sizeOf(String value) throws IOException {
    SizeExpr size = size();
    Long constant = size.constant();
    if (constant != null && constant < 0) {
      throw json.problem("'%s' has the size %d".formatted(value, constant));
    }
    return size;
  }

  /** {@code {"as_int": 64}} or {@code {"as_expr": {"expr_str": "...", "hint": {"as_int": 2}}}}. */
  private SizeExpr size() throws IOException {
    if (!json.isObject()) {
      throw noSize(json.brief());
    }
    SizeExpr size = null;
    String found = "{}";
    for (String kind = json.firstField(); kind != null; kind = json.nextField()) {
      if (kind.equals("as_expr") && !json.isNull()) {
        size = expression();
      } else if (kind.equals("as_int") && json.isWhole()) {
        size = size == null ? new SizeExpr.Number(json.whole()) : size;
      } else {
        found = "{\"%s\":%s}".formatted(kind, json.brief());
      }
    }
    if (size == null) {
      throw noSize(found);
    }
    return size;
  }

  private RuntimeException noSize(String found) {
    return json.problem("a size is {\"as_int\": ...} or {\"as_expr\": ...}, not " + found);
  }

  private SizeExpr expression() throws IOException {
    String text = "";
    boolean hinted = false;
    long hint = 0;
    for (String field = json.firstField(); field != null; field = json.nextField()) {
      switch (field) {
        case "expr_str" -> text = json.text();
        case "hint" -> {
          hinted = !json.isNull();
          hint = hint();
        }
        default -> json.skip();
      }
    }
    SizeExpr known = expressions.get(text);
    if (known == null) {
      known = SizeParser.parse(text, symbols);
      if (known == null) {
        known = new SizeExpr.Hint(text, hint, symbols);
      }
      expressions.put(text, known);
      if (hinted) {
        hints.add(new ExportedSizes.Hinted(known, hint));
      }
    }
    return known;
  }

  /** The value of a size at the exported size: under as_int, or as it is. */
  private long hint() throws IOException {
    if (!json.isObject()) {
      return json.whole();
    }
    long hint = 0;
    for (String field = json.firstField(); field != null; field = json.nextField()) {
      if (field.equals("as_int")) {
        hint = json.whole();
      } else {
        json.skip();
      }
    }
    return hint;
  }

  private void node() throws IOException {
    String target = "";
    Map<String, Argument> inputs = new LinkedHashMap<>();
    List<String> outputs = new ArrayList<>(1);
    List<Program.Frame> stack = List.of();
    String function = "";
    String source = "";
    for (String field = json.firstField(); field != null; field = json.nextField()) {
      switch (field) {
        case "target" -> target = operator(json.text());
        case "inputs" -> {
          for (boolean more = json.firstElement(); more; more = json.nextElement()) {
            input(inputs);
          }
        }
        case "outputs" -> tensors(outputs);
        case "metadata" -> {
          // Stack traces are a third of a file, and say nothing that counts.
          for (String key = json.firstField(); key != null; key = json.nextField()) {
            switch (key) {
              case MODULES -> stack = stack(json.text());
              case FUNCTION -> function = json.text();
              case SOURCE -> source = last(json.text());
              default -> json.skip();
            }
          }
        }
        default -> json.skip();
      }
    }
    parts.nodes.add(
        new Program.Node(target, inputs, reads(inputs), outputs, stack, function, source));
  }

  private static List<String> reads(Map<String, Argument> arguments) {
    List<String> names = new ArrayList<>();
    for (Argument argument : arguments.values()) {
      if (argument instanceof Argument.Tensor tensor) {
        names.add(tensor.name());
      } else if (argument instanceof Argument.Tensors tensors) {
        names.addAll(tensors.present());
      }
    }
    return names;
  }

  private static String operator(String target) {
    return target.startsWith("torch.ops.") ? target.substring("torch.ops.".length()) : target;
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

  /** One input of a node: its parameter's name, and what is given for it. */
  private void input(Map<String, Argument> inputs) throws IOException {
    String name = "arg" + inputs.size();
    Argument argument = UNKNOWN;
    for (String field = json.firstField(); field != null; field = json.nextField()) {
      switch (field) {
        case "name" -> name = json.text();
        case "arg" -> argument = argument();
        default -> json.skip();
      }
    }
    inputs.put(name, argument);
  }

  private Argument argument() throws IOException {
    Argument argument = UNKNOWN;
    int kinds = 0;
    for (String kind = json.firstField(); kind != null; kind = json.nextField()) {
      argument = argument(kind);
      kinds++;
    }
    return kinds == 1 ? argument : UNKNOWN;
  }

  private Argument argument(String kind) throws IOException {
    return switch (kind) {
      case "as_tensor" -> new Argument.Tensor(json.text("name"));
      case "as_tensors" -> new Argument.Tensors(new ArrayList<@Nullable String>(names()));
      case "as_optional_tensors" -> new Argument.Tensors(optionalNames());
      case "as_optional_tensor" -> {
        String name = optionalName();
        yield name == null ? new Argument.None() : new Argument.Tensor(name);
      }
      case "as_int" -> new Argument.Ints(List.of(number()), false);
      case "as_ints" -> new Argument.Ints(numbers(), true);
      case "as_sym_int" -> {
        List<SizeExpr> one = new ArrayList<>(1);
        addNumber(one);
        yield new Argument.Ints(one, false);
      }
      case "as_sym_ints" -> {
        List<SizeExpr> all = new ArrayList<>();
        for (boolean more = json.firstElement(); more; more = json.nextElement()) {
          addNumber(all);
        }
        yield new Argument.Ints(all, true);
      }
      case "as_float" -> new Argument.Floats(List.of(json.number()));
      case "as_floats" -> new Argument.Floats(floats());
      case "as_bool" -> new Argument.Flag(json.flag());
      case "as_string" -> new Argument.Text(json.text());
      case "as_graph" -> inner();
      case "as_none" -> {
        json.skip();
        yield new Argument.None();
      }
      default -> {
        json.skip();
        yield new Argument.Other(kind);
      }
    };
  }

  private List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
      names.add(json.text("name"));
    }
    return names;
  }

  private List<@Nullable String> optionalNames() throws IOException {
    List<@Nullable String> names = new ArrayList<>();
    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
      names.add(optionalName());
    }
    return names;
  }

  /** Under as_tensor since schema 3; a plain string before. */
  private @Nullable String optionalName() throws IOException {
    String found = "";
    for (String kind = json.firstField(); kind != null; kind = json.nextField()) {
      if (kind.equals("as_tensor")) {
        found = json.isText() ? json.text() : json.text("name");
      } else {
        json.skip();
      }
    }
    return found.isEmpty() ? null : found;
  }

  private SizeExpr number() throws IOException {
    if (!json.isWhole()) {
      throw json.problem("a whole number is expected but there is " + json.brief());
    }
    return new SizeExpr.Number(json.whole());
  }

  private List<SizeExpr> numbers() throws IOException {
    List<SizeExpr> numbers = new ArrayList<>();
    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
      numbers.add(number());
    }
    return numbers;
  }

  /** Adds a number, or leaves a gap for one that the graph has a name for. */
  private void addNumber(List<SizeExpr> numbers) throws IOException {
    int place = numbers.size();
    numbers.add(NOT_YET);
    String name = "";
    boolean known = false;
    for (String kind = json.firstField(); kind != null; kind = json.nextField()) {
      if (kind.equals("as_int") && json.isWhole()) {
        numbers.set(place, number());
        known = true;
      } else if (kind.equals("as_name")) {
        name = json.text();
      } else {
        json.skip();
      }
    }
    if (!known) {
      parts.gaps.add(new Gap(numbers, place, name));
    }
  }

  private List<Double> floats() throws IOException {
    List<Double> floats = new ArrayList<>();
    for (boolean more = json.firstElement(); more; more = json.nextElement()) {
      floats.add(json.number());
    }
    return floats;
  }

  /** The graph inside a node. */
  private Argument inner() throws IOException {
    Program.Graph inner = null;
    for (String field = json.firstField(); field != null; field = json.nextField()) {
      if (field.equals("graph")) {
        inner = graph();
      } else {
        json.skip();
      }
    }
    if (inner == null) {
      throw json.problem("an argument is a graph, but there is no graph in it");
    }
    return new Argument.Graph(inner);
  }
}
