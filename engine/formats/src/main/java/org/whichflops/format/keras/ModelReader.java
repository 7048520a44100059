package org.whichflops.format.keras;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whichflops.engine.nn.Module;
import org.whichflops.format.json.Json;

/** Makes modules of a Sequential or Functional and all that is inside. */
final class ModelReader {
  private static final long MOST_CALLS = 20_000;

  private final Map<Module, Long> calls = new HashMap<>();

  /** Whether an object is a model with layers, whatever its class is called. */
  static boolean isModel(Json object) {
    Json config = object.get("config");
    return config != null && config.isObject() && config.get("layers") != null;
  }

  /** Reads a model. */
  KerasModule read(LayerSpec spec) {
    FunctionalModel model = new FunctionalModel(spec);
    if (spec.config().get("input_layers") == null) {
      sequential(model);
    } else {
      new GraphReader(this, model).read();
    }
    return model;
  }

  /** Reads an element of a model's layers. */
  KerasModule element(Json object, LayerSpec model) {
    LayerSpec spec = LayerSpec.of(object, model.trainable(), model.notes());
    return isModel(object) ? read(spec) : LayerTypes.make(spec);
  }

  /** Adds up the calls made by one call of a model; a nested one may multiply them. */
  void calls(FunctionalModel model, List<FunctionalModel.Step> steps) {
    long sum = 1;
    for (FunctionalModel.Step step : steps) {
      sum += calls.getOrDefault(step.layer(), 1L);
      if (sum > MOST_CALLS) {
        throw model.config().error("it makes more than %d calls of layers".formatted(MOST_CALLS));
      }
    }
    calls.put(model, sum);
  }

  private void sequential(FunctionalModel model) {
    List<FunctionalModel.Step> steps = new ArrayList<>();
    int at = 0;
    for (Json object : model.config().at("layers").items()) {
      KerasModule layer = element(object, model.spec());
      model.layer(layer.spec().name(), layer);
      steps.add(new FunctionalModel.Step(layer, new int[] {at}, at + 1, 1));
      at++;
    }
    model.steps(steps, 1, at + 1, new int[] {at});
    calls(model, steps);
  }

  /** Reads the graph of one Functional. */
  private static final class GraphReader {
    /** One call of a layer, and how many of its inputs are still to come. */
    private static final class Node {
      private final KerasModule layer;
      private final String name;
      private final int index;
      private final List<Reference> inputs;
      private int waitsFor;

      Node(KerasModule layer, String name, int index, List<Reference> inputs) {
        this.layer = layer;
        this.name = name;
        this.index = index;
        this.inputs = inputs;
        this.waitsFor = inputs.size();
      }
    }

    private final ModelReader reader;
    private final FunctionalModel model;
    private final Map<String, KerasModule> layers = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Integer> outputsOf = new HashMap<>();
    private final Map<String, Json> shapes = new HashMap<>();

    GraphReader(ModelReader reader, FunctionalModel model) {
      this.reader = reader;
      this.model = model;
    }

    void read() {
      List<Json> objects = model.config().at("layers").items();
      List<List<List<Reference>>> inbound = new ArrayList<>();
      for (Json object : objects) {
        inbound.add(inputs(object));
      }
      List<Reference> ends = Reference.ends(model.config().at("output_layers"));
      inbound.forEach(calls -> calls.forEach(call -> call.forEach(this::noted)));
      for (int i = 0; i < objects.size(); i++) {
        add(objects.get(i), inbound.get(i));
      }
      ends.replaceAll(this::zeroBased);
      ends.forEach(this::noted);
      order(Reference.ends(model.config().at("input_layers")), ends);
    }

    private void noted(Reference reference) {
      outputsOf.merge(key(reference.layer(), reference.node()), reference.tensor() + 1, Math::max);
      if (reference.shape() != null) {
        shapes.putIfAbsent(
            key(reference.layer(), reference.node()) + "/" + reference.tensor(), reference.shape());
      }
    }

    /** In the outputs, and only there, calls of a nested Functional count from 1. */
    private Reference zeroBased(Reference end) {
      boolean shifted =
          layers.get(end.layer()) instanceof FunctionalModel nested
              && nested.config().get("input_layers") != null
              && end.node() > 0;
      return shifted
          ? new Reference(end.layer(), end.node() - 1, end.tensor(), end.place(), end.shape())
          : end;
    }

    private static List<List<Reference>> inputs(Json object) {
      List<List<Reference>> all = new ArrayList<>();
      Json inbound = object.get("inbound_nodes");
      if (inbound == null) {
        return all;
      }
      for (Json call : inbound.items()) {
        List<Reference> inputs = new ArrayList<>();
        if (call.isObject()) {
          Reference.collect(call.at("args"), inputs);
          Json named = call.get("kwargs");
          for (Map.Entry<String, Json> one :
              named == null ? Map.<String, Json>of().entrySet() : named.fields().entrySet()) {
            if (!one.getKey().contains("mask") && !one.getKey().equals("initial_state")) {
              Reference.collect(one.getValue(), inputs);
            }
          }
        } else {
          Reference.collectOld(call, inputs);
        }
        all.add(inputs);
      }
      return all;
    }

    private void add(Json object, List<List<Reference>> calls) {
      String name = LayerSpec.of(object, true, model.spec().notes()).name();
      if (layers.containsKey(name)) {
        throw object.error("a second layer is called '%s'".formatted(name));
      }
      LayerSpec spec = LayerSpec.of(object, model.spec().trainable(), model.spec().notes());
      for (int i = 0; i < Math.max(1, calls.size()); i++) {
        KerasModule layer = layers.get(name);
        boolean operation = spec.isOperation() || Operation.isOld(spec);
        if (layer == null || operation) {
          layer = operation ? operation(object, spec, i) : known(object, spec, name, i);
          layers.put(name, layer);
          model.layer(i == 0 ? name : name + "#" + (i + 1), layer);
        }
        if (i < calls.size()) {
          List<Reference> inputs = calls.get(i);
          if (inputs.isEmpty()) {
            throw object.error("layer '%s' is called without a tensor".formatted(name));
          }
          nodes.add(new Node(layer, name, i, inputs));
        }
      }
    }

    private KerasModule known(Json object, LayerSpec spec, String name, int call) {
      if (ModelReader.isModel(object) || LayerTypes.knows(spec.className())) {
        return reader.element(object, model.spec());
      }
      return new UnknownLayer(spec, shapesOf(name, call));
    }

    private KerasModule operation(Json object, LayerSpec spec, int call) {
      List<Json> inbound = object.at("inbound_nodes").items();
      return call < inbound.size() && Operation.knows(spec, inbound.get(call))
          ? new Operation(spec, inbound.get(call))
          : new UnknownLayer(spec, shapesOf(spec.name(), call));
    }

    private List<Json> shapesOf(String name, int call) {
      List<Json> found = new ArrayList<>();
      for (int i = 0; shapes.get(key(name, call) + "/" + i) != null; i++) {
        found.add(shapes.get(key(name, call) + "/" + i));
      }
      return found;
    }

    private static String key(String layer, int node) {
      return node + " " + layer;
    }

    /** Calls every layer as soon as its inputs are there, in the order of the file. */
    private void order(List<Reference> inputs, List<Reference> outputs) {
      Map<String, Integer> numbers = new HashMap<>();
      int count = 0;
      List<FunctionalModel.Step> steps = new ArrayList<>();
      for (Reference input : inputs) {
        KerasModule layer = layers.get(input.layer());
        if (layer == null) {
          throw input.place().error("there is no layer '%s'".formatted(input.layer()));
        }
        String key = key(input.layer(), input.node());
        int used = outputsOf.getOrDefault(key, 1);
        if (used > 1) {
          throw input
              .place()
              .error(
                  "layer '%s' is an input, which is one tensor, but there is a use of its output %d"
                      .formatted(input.layer(), used - 1));
        }
        numbers.put(key, inputs.size() + count);
        steps.add(new FunctionalModel.Step(layer, new int[] {count}, inputs.size() + count, 1));
        count++;
      }
      count = 2 * inputs.size();
      Map<String, List<Node>> waiting = new HashMap<>();
      Deque<Node> ready = new ArrayDeque<>();
      for (Node node : nodes) {
        for (Reference input : node.inputs) {
          String key = key(input.layer(), input.node());
          if (numbers.containsKey(key)) {
            node.waitsFor--;
          } else {
            waiting.computeIfAbsent(key, k -> new ArrayList<>()).add(node);
          }
        }
        if (node.waitsFor == 0) {
          ready.add(node);
        }
      }
      int done = 0;
      while (!ready.isEmpty()) {
        Node node = ready.remove();
        done++;
        String key = key(node.name, node.index);
        int results = outputsOf.getOrDefault(key, 0);
        int[] from = new int[node.inputs.size()];
        for (int i = 0; i < from.length; i++) {
          from[i] = number(numbers, node.inputs.get(i));
        }
        steps.add(new FunctionalModel.Step(node.layer, from, count, results));
        numbers.put(key, count);
        count += results;
        for (Node next : waiting.getOrDefault(key, List.of())) {
          if (--next.waitsFor == 0) {
            ready.add(next);
          }
        }
      }
      if (done < nodes.size()) {
        throw stuck(numbers);
      }
      int[] ends = new int[outputs.size()];
      for (int i = 0; i < ends.length; i++) {
        ends[i] = number(numbers, outputs.get(i));
      }
      model.steps(steps, inputs.size(), count, ends);
      reader.calls(model, steps);
    }

    private RuntimeException stuck(Map<String, Integer> numbers) {
      for (Node node : nodes) {
        for (Reference input : node.inputs) {
          if (!numbers.containsKey(key(input.layer(), input.node()))) {
            return input
                .place()
                .error(
                    layers.containsKey(input.layer())
                        ? "layer '%s' waits for call %d of layer '%s', which never comes"
                            .formatted(node.name, input.node(), input.layer())
                        : "there is no layer '%s'".formatted(input.layer()));
          }
        }
      }
      return model.config().error("its layers wait for each other");
    }

    private static int number(Map<String, Integer> numbers, Reference reference) {
      Integer first = numbers.get(key(reference.layer(), reference.node()));
      if (first == null) {
        throw reference
            .place()
            .error(
                "there is no call %d of layer '%s'".formatted(reference.node(), reference.layer()));
      }
      return first + reference.tensor();
    }
  }
}
