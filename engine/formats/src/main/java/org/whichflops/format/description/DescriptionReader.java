package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.format.description.Syntax.Kind;
import org.whichflops.format.json.Json;

/** Makes the modules of a description. */
final class DescriptionReader {
  private static final int DEEPEST = 60;
  private static final Set<String> CONTAINER =
      Set.of(
          "class",
          "base",
          "attributes",
          "modules",
          "parameters",
          "buffers",
          "tie",
          "inputs",
          "forward",
          BesideTensors.RETURNS_DICT,
          BesideTensors.TAKES_OTHERS,
          "is",
          "comment");
  private static final Set<String> ROOT =
      Set.of(
          "$schema",
          "name",
          "input",
          "resizable",
          "channels_last",
          "batch",
          "note",
          "uncounted",
          "define");

  private final Json root;
  private final Texts texts = new Texts();
  private final ModuleCount modules = new ModuleCount();
  private final ModuleTexts written;
  private final Map<String, Definition> definitions = new HashMap<>();
  private final Map<String, ModuleType> types = new HashMap<>();
  private int depth;

  DescriptionReader(Json root, Function<String, Network> zoo) {
    this.root = root;
    this.written = new ModuleTexts(texts, zoo, definitions, this::defined, modules);
  }

  /** Reads the root module. */
  Module read() {
    Json defined = root.get("define");
    if (defined != null) {
      defined
          .fields()
          .forEach(
              (signature, body) -> {
                Definition definition = Definition.of(signature, body);
                definitions.put(definition.name(), definition);
              });
    }
    return container(root, Scope.of(Map.of()), "Model");
  }

  /** Refuses a key of the whole description that means nothing, before one that is missing. */
  static void checkKeys(Json root) {
    for (Map.Entry<String, Json> field : root.fields().entrySet()) {
      if (!ROOT.contains(field.getKey()) && !CONTAINER.contains(field.getKey())) {
        throw unknown(field.getValue(), field.getKey(), true);
      }
    }
  }

  private static RuntimeException unknown(Json value, String key, boolean atRoot) {
    List<String> known = new ArrayList<>(CONTAINER);
    if (atRoot) {
      known.addAll(ROOT);
    }
    Collections.sort(known);
    return value.error("'%s' is not known here%s".formatted(key, Nearest.hint(key, known)));
  }

  private void enter(Json at) {
    if (++depth > DEEPEST) {
      throw at.error(
          "modules inside each other deeper than %d; does a definition use itself?"
              .formatted(DEEPEST));
    }
    if (!modules.takesOne()) {
      throw at.error(ModuleCount.tooMany());
    }
  }

  /** A module from any form: a text, a list, or an object. */
  private Module module(Json json, Scope scope, String name) {
    enter(json);
    try {
      if (json.isText()) {
        return written.module(json, scope);
      }
      if (json.isArray()) {
        return sequential(json.items(), scope);
      }
      return object(json, scope, name);
    } finally {
      depth--;
    }
  }

  private Module sequential(List<Json> items, Scope scope) {
    Sequential sequential = new Sequential();
    for (Json item : items) {
      if (item.isObject() && item.get("repeat") != null) {
        repeated(item, scope, sequential);
      } else {
        sequential.add(module(item, scope, "Sequential"));
      }
    }
    return sequential;
  }

  private void repeated(Json json, Scope scope, Sequential into) {
    Json times = json.at("repeat");
    long count = times.isText() ? whole(times, scope) : times.whole(0);
    if (count > ModuleCount.MOST) {
      throw times.error(ModuleCount.tooMany());
    }
    for (Map.Entry<String, Json> field : json.fields().entrySet()) {
      if (!field.getKey().equals("repeat") && !field.getKey().equals("module")) {
        throw field
            .getValue()
            .error(
                "'%s' is not known here%s"
                    .formatted(
                        field.getKey(), Nearest.hint(field.getKey(), List.of("repeat", "module"))));
      }
    }
    for (long i = 0; i < count; i++) {
      into.add(module(json.at("module"), scope.with("i", i), "Sequential"));
    }
  }

  private Module object(Json json, Scope scope, String name) {
    if (json.get("repeat") != null) {
      Sequential sequential = new Sequential();
      repeated(json, scope, sequential);
      return sequential;
    }
    Map<String, Json> fields = json.fields();
    if (fields.size() == 1) {
      Map.Entry<String, Json> only = fields.entrySet().iterator().next();
      String type = ModuleTexts.bare(only.getKey());
      if (TorchModules.knows(type) || definitions.containsKey(type)) {
        return fromObject(type, only.getValue(), scope);
      }
      if (!CONTAINER.contains(type)) {
        throw only.getValue().error(written.unknown(type));
      }
    }
    return container(json, scope, name);
  }

  /** {@code {"Conv2d": {"in_channels": 3, ...}}}. */
  private Module fromObject(String type, Json arguments, Scope scope) {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (Map.Entry<String, Json> entry : arguments.fields().entrySet()) {
      named.put(entry.getKey(), plain(entry.getValue(), scope));
    }
    Syntax at = new Syntax(Kind.CALL, "", null, List.of(), -1); // where the arguments begin
    try {
      return written.make(type, at, new Passed(List.of(), named));
    } catch (SyntaxError e) {
      throw e.in(arguments);
    }
  }

  private @Nullable Object plain(Json json, Scope scope) {
    if (json.isText()) {
      String text = json.text();
      return scope.numbers().containsKey(text) ? scope.numbers().get(text) : text;
    }
    if (json.isArray()) {
      List<@Nullable Object> items = new ArrayList<>();
      json.items().forEach(item -> items.add(plain(item, scope)));
      return items;
    }
    if (json.isNull()) {
      return null;
    }
    return json.isFlag()
        ? (Object) json.flag()
        : json.isWhole() ? (Object) json.whole() : json.number();
  }

  private Module defined(Definition definition, Scope scope) {
    return definition.body().isObject()
        ? definedObject(definition, scope)
        : module(definition.body(), scope, definition.name());
  }

  private Module definedObject(Definition definition, Scope scope) {
    enter(definition.body());
    try {
      return container(definition.body(), scope, definition.name());
    } finally {
      depth--;
    }
  }

  private long whole(Json text, Scope scope) {
    Syntax expression = texts.expression(text);
    try {
      return Numbers.whole(expression, scope.value(expression));
    } catch (SyntaxError e) {
      throw e.in(text);
    }
  }

  private static Map<String, Long> attributes(@Nullable Json json) {
    if (json == null) {
      return Map.of();
    }
    Map<String, Long> attributes = new HashMap<>();
    json.fields().forEach((symbol, value) -> attributes.put(symbol, value.whole()));
    return attributes;
  }

  private Module container(Json json, Scope outer, String name) {
    if (json.get("is") != null) {
      return Subclass.of(type(json, name), module(json.at("is"), outer, name), json.at("is"));
    }
    Json forward = json.get("forward");
    Json inputs = json.get("inputs");
    List<String> names = new ArrayList<>();
    if (inputs != null) {
      inputs.items().forEach(item -> names.add(item.text()));
    } else {
      names.add("x");
    }
    Body body = forward == null ? null : new Body(names, statements(forward), outer.numbers());
    ModuleType type = type(json, name);
    BesideTensors beside = BesideTensors.of(json);
    Described described =
        body == null || type.isA("nn.Sequential")
            ? new GraphModule.InOrder(type, body, beside)
            : new GraphModule(type, body, beside, attributes(json.get("attributes")));
    fill(json, described, outer.in(described.module()));
    if (body == null && described.module().children().isEmpty() && json == root) {
      throw json.error("it has no modules and no forward");
    }
    return described.module();
  }

  private List<Body.Statement> statements(Json forward) {
    List<Body.Statement> statements = new ArrayList<>();
    for (Json line : forward.isText() ? List.of(forward) : forward.items()) {
      statements.add(new Body.Statement(texts.statement(line), line));
    }
    return statements;
  }

  private ModuleType type(Json json, String name) {
    Json base = json.get("base");
    if (base == null) {
      return types.computeIfAbsent(json.text("class", name), ModuleType::of);
    }
    ModuleType type = null;
    for (int i = base.items().size() - 1; i >= 0; i--) {
      type = new ModuleType(base.items().get(i).text(), type);
    }
    return new ModuleType(json.text("class", name), type);
  }

  private void fill(Json json, Described described, Scope scope) {
    if (json != root) {
      json.fields()
          .forEach(
              (key, value) -> {
                if (!CONTAINER.contains(key)) {
                  throw unknown(value, key, false);
                }
              });
    }
    Json parameters = json.get("parameters");
    if (parameters != null) {
      for (Map.Entry<String, Json> entry : parameters.fields().entrySet()) {
        boolean object = entry.getValue().isObject();
        Json shape = object ? entry.getValue().at("shape") : entry.getValue();
        boolean trained = !object || entry.getValue().flag("requires_grad", true);
        described.addParameter(entry.getKey(), new Parameter(shape(shape, scope), trained));
      }
    }
    Json buffers = json.get("buffers");
    if (buffers != null) {
      buffers.fields().forEach((name, shape) -> described.addBuffer(name, shape(shape, scope)));
    }
    Json children = json.get("modules");
    if (children != null && children.isArray()) {
      int i = 0;
      for (Json child : children.items()) {
        described.attach(Integer.toString(i++), module(child, scope, "Module"));
      }
    } else if (children != null) {
      children
          .fields()
          .forEach((name, child) -> described.attach(name, module(child, scope, "Module")));
    }
    Json tie = json.get("tie");
    if (tie != null) {
      tie.fields().forEach((target, source) -> Ties.tie(described.module(), target, source));
    }
  }

  private Shape shape(Json shape, Scope scope) {
    long[] sizes = new long[shape.items().size()];
    for (int i = 0; i < sizes.length; i++) {
      Json size = shape.items().get(i);
      sizes[i] = size.isText() ? whole(size, scope) : size.whole(0);
    }
    return Shape.of(sizes);
  }
}
