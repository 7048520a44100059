package org.whichflops.format.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whichflops.engine.tensor.Parameter;

/**
 * A model made ready to run: patterns found, operators looked up, initializers turned into values.
 * Holds nothing of a run, so any number of passes may use it.
 */
final class Program {
  static final Node NOTHING = new Node("", "", "", new int[0], new int[0], Attributes.NONE, null);

  /** A graph of the model, ready to run. */
  private static final class Ready {
    private final Node[] nodes;
    private final Operation[] operations;
    private final Value[] initializers;

    Ready(Node[] nodes, Operation[] operations, Value[] initializers) {
      this.nodes = nodes;
      this.operations = operations;
      this.initializers = initializers;
    }

    Node[] nodes() {
      return nodes;
    }

    Operation[] operations() {
      return operations;
    }

    Value[] initializers() {
      return initializers;
    }
  }

  private final Model model;
  private final Map<Graph, Ready> graphs = new HashMap<>();
  private final Weights weights = new Weights();
  private final Set<String> operators = new HashSet<>();

  Program(Model model) {
    this.model = model;
    prepare(model.graph(), true);
    for (Model.Function function : model.functions().values()) {
      prepare(function.body(), false);
    }
  }

  private void prepare(Graph graph, boolean outermost) {
    Node[] nodes = Fusion.of(graph);
    Operation[] operations = new Operation[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      operations[i] = Operations.of(nodes[i], model.functions());
      operators.add(nodes[i].op());
      for (Graph inner : nodes[i].attributes().graphs()) {
        prepare(inner, false);
      }
    }
    Parameter[] parameters = weights.of(graph, nodes, outermost);
    Value[] initial = new Value[graph.initializers().length];
    for (int i = 0; i < initial.length; i++) {
      initial[i] = Value.initializer(graph.initializers()[i], parameters[i]);
    }
    graphs.put(graph, new Ready(nodes, operations, initial));
  }

  private Ready ready(Graph graph) {
    Ready ready = graphs.get(graph);
    if (ready == null) {
      throw new IllegalArgumentException("a graph of another model");
    }
    return ready;
  }

  Model model() {
    return model;
  }

  /** The nodes of a graph in the order they run. */
  Node[] nodes(Graph graph) {
    return ready(graph).nodes();
  }

  /** What each of those nodes does. */
  Operation[] operations(Graph graph) {
    return ready(graph).operations();
  }

  /** The values of a graph's initializers, in their order. */
  Value[] initializers(Graph graph) {
    return ready(graph).initializers();
  }

  /** Whether any node has an operator of that name. */
  boolean has(String operator) {
    return operators.contains(operator);
  }

  /** The model's parameters, each with the node that uses it first. */
  List<Weights.Use> parameters() {
    return weights.uses();
  }
}
