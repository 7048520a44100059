package org.whichflops.format.pt2;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;

/**
 * Reads a program's JSON: {@code torch/_export/serde/schema.py}, major versions 1 to 8.
 *
 * <p>Nulls are written by some versions and left out by others; what is not known is passed over.
 */
final class ProgramParser {
  private static final int NEWEST = 8;

  private final Json json;
  private final Symbols symbols = new Symbols();
  private final ArgumentParser arguments;
  private final Map<String, Symbols.Range> ranges = new LinkedHashMap<>();
  private final List<String> modules = new ArrayList<>();
  private final List<String> inputs = new ArrayList<>();
  private final Map<String, String> parameterPaths = new LinkedHashMap<>();
  private final Map<String, String> bufferPaths = new LinkedHashMap<>();
  private Program.@Nullable Graph graph;
  private boolean versioned;
  private String torch = "";

  private ProgramParser(Json json) {
    this.json = json;
    this.arguments = new ArgumentParser(json, symbols);
  }

  /** Reads the entry of an archive. */
  static Program parse(String file, String entry, InputStream stream) throws IOException {
    try (Json json = new Json(file, entry, stream)) {
      return new ProgramParser(json).program();
    }
  }

  private Program program() throws IOException {
    json.document(this::topLevel);
    if (!versioned) {
      throw json.problem("there is no schema_version");
    }
    if (graph == null) {
      throw json.problem("there is no graph_module.graph");
    }
    Program.Graph known = graph;
    Map<String, Program.Owned> parameters = owned(parameterPaths, known);
    Map<String, Program.Owned> buffers = owned(bufferPaths, known);
    List<String> given = inputs.isEmpty() ? userInputs(known) : inputs;
    for (String input : given) {
      if (!known.values().containsKey(input)) {
        throw json.problem("the input '%s' has no tensor_values".formatted(input));
      }
    }
    new ExportedSizes(symbols, arguments.hints()).find();
    readRanges();
    return new Program(known, given, parameters, buffers, modules, symbols, torch);
  }

  private void topLevel(String name) throws IOException {
    switch (name) {
      case "graph_module" -> json.object(this::graphModule);
      case "range_constraints" -> ranges();
      case "torch_version" -> torch = json.text();
      case "schema_version" -> version();
      default -> json.skip();
    }
  }

  /** {@code {"s0": {"min_val": 2, "max_val": 64}}}. */
  private void ranges() throws IOException {
    for (String size = json.firstField(); size != null; size = json.nextField()) {
      long least = 0;
      long most = Long.MAX_VALUE;
      for (String bound = json.firstField(); bound != null; bound = json.nextField()) {
        switch (bound) {
          case "min_val" -> least = least(json.whole());
          case "max_val" -> {
            boolean bounded = json.isWhole();
            long value = json.whole();
            most = bounded ? value : most;
          }
          default -> json.skip();
        }
      }
      ranges.put(size, new Symbols.Range(least, most));
    }
  }

  /** {@code {"major": 8, "minor": 2}}, or one number in the oldest. */
  private void version() throws IOException {
    long major = 0;
    if (json.isObject()) {
      for (String part = json.firstField(); part != null; part = json.nextField()) {
        if (part.equals("major")) {
          major = json.whole();
        } else {
          json.skip();
        }
      }
    } else {
      major = json.whole();
    }
    versioned = true;
    if (major < 1 || major > NEWEST) {
      throw json.problem("schema_version %d is not one of 1 to %d".formatted(major, NEWEST));
    }
  }

  private void graphModule(String name) throws IOException {
    switch (name) {
      case "graph" -> graph = arguments.graph();
      case "signature" -> json.object(this::signature);
      case "module_call_graph" -> json.array(() -> modules.add(json.text("fqn")));
      default -> json.skip();
    }
  }

  private void signature(String name) throws IOException {
    switch (name) {
      case "input_specs" -> json.array(() -> json.object(this::inputSpec));
      // Before schema 3 there were lists of names, and maps from inputs to paths.
      case "inputs_to_parameters" -> json.object(value -> parameterPaths.put(value, json.text()));
      case "inputs_to_buffers" -> json.object(value -> bufferPaths.put(value, json.text()));
      case "user_inputs" ->
          json.array(
              () -> {
                if (json.isText()) {
                  inputs.add(json.text());
                } else {
                  json.skip();
                }
              });
      default -> json.skip();
    }
  }

  private void inputSpec(String kind) throws IOException {
    String value = "";
    String tensor = "";
    String path = "";
    for (String field = json.firstField(); field != null; field = json.nextField()) {
      if (field.equals("arg")) {
        for (String of = json.firstField(); of != null; of = json.nextField()) {
          switch (of) {
            case "name" -> value = json.text();
            case "as_tensor" -> tensor = json.text("name");
            default -> json.skip();
          }
        }
      } else if (field.equals(kind + "_name")) {
        path = json.text();
      } else {
        json.skip();
      }
    }
    switch (kind) {
      case "parameter" -> parameterPaths.put(value, path);
      case "buffer", "tensor_constant" -> bufferPaths.put(value, path);
      case "user_input" -> {
        if (!tensor.isEmpty()) {
          inputs.add(tensor);
        }
      }
      default -> {} // tokens and scripted objects hold no numbers
    }
  }

  private List<String> userInputs(Program.Graph known) {
    List<String> given = new ArrayList<>(known.inputs());
    given.removeAll(parameterPaths.keySet());
    given.removeAll(bufferPaths.keySet());
    return given;
  }

  private Map<String, Program.Owned> owned(Map<String, String> paths, Program.Graph known) {
    Map<String, Program.Owned> owned = new LinkedHashMap<>();
    paths.forEach(
        (value, path) -> {
          Program.Value type = known.values().get(value);
          if (type == null) {
            throw json.problem("'%s' has no tensor_values".formatted(value));
          }
          if (type.symbolic()) {
            throw json.problem("the sizes of '%s' depend on the input".formatted(path));
          }
          try {
            Shape shape = type.at(new long[0]);
            shape.numel();
            owned.put(value, new Program.Owned(path, shape, type.requiresGrad()));
          } catch (ShapeException | ArithmeticException e) {
            throw json.problem("'%s' has impossible sizes".formatted(path));
          }
        });
    return owned;
  }

  /** Keys are symbols, and expressions such as {@code 32*s3} that inputs have for a size. */
  private void readRanges() {
    ranges.forEach(
        (text, range) -> {
          SizeExpr size = SizeParser.parse(text, symbols);
          if (size != null) {
            symbols.range(size, range);
          }
        });
  }

  /**
   * 2 stands for a size that the export took not to be 0 or 1; torch allows those when it runs
   * (torch/_export/utils.py: "we allow dimensions to be 0/1 at runtime").
   */
  private static long least(long value) {
    return value <= 2 ? 0 : value;
  }
}
