package org.whichflops.format.onnx;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * One run of a graph. Branches, loops and functions run in one of their own, which shares the run's
 * budget of nodes: no file can make a run endless.
 */
final class Execution {
  private static final int DEEPEST = 64;

  /** Nodes that may run in functions, branches and loops: far more than any network has there. */
  private static final long MOST_INNER_STEPS = 500_000;

  /** Is told of each node of the outermost graph. */
  interface Steps {
    /** It is about to run. */
    default void before(int node) {}

    /** It has run. */
    default void after(int node) {}
  }

  private final Run run;
  private final Graph graph;
  private final Map<String, Long> opsets;
  private final Attributes given;
  private final int depth;
  private final @Nullable Value[] values;

  private Execution(Run run, Graph graph, Map<String, Long> opsets, Attributes given, int depth) {
    if (depth > DEEPEST) {
      throw new ShapeException(
          "functions and sub-graphs are nested more than %d deep".formatted(DEEPEST));
    }
    this.run = run;
    this.graph = graph;
    this.opsets = opsets;
    this.given = given;
    this.depth = depth;
    this.values = new Value[graph.values()];
    Value[] initial = run.program().initializers(graph);
    int[] places = graph.initializerValues();
    for (int i = 0; i < places.length; i++) {
      values[places[i]] = initial[i];
    }
  }

  /** The outermost graph's. */
  static Execution outermost(Run run) {
    Model model = run.program().model();
    return new Execution(run, model.graph(), model.opsets(), Attributes.NONE, 0);
  }

  /** A branch's or loop body's, which sees the values around it. */
  Execution inner(Graph body) {
    Execution inner = new Execution(run, body, opsets, given, depth + 1);
    int[] outer = body.captured();
    for (int i = 0; i < outer.length; i++) {
      inner.values[body.freeValues()[i]] = value(outer[i]);
    }
    return inner;
  }

  /** A function's, called with attributes. */
  Execution function(Model.Function function, Attributes attributes) {
    return new Execution(
        run, function.body(), function.opsets(), attributes.orElse(function.defaults()), depth + 1);
  }

  ForwardPass pass() {
    return run.pass();
  }

  Run shared() {
    return run;
  }

  long opset(String domain) {
    return opsets.getOrDefault(domain, run.program().model().opsets().getOrDefault(domain, 0L));
  }

  /** A value that is known by now; null for an optional one that was not given. */
  @Nullable Value value(int i) {
    return values[i];
  }

  void set(int i, Value value) {
    values[i] = value;
  }

  /** What the file says of a value. */
  @Nullable ValueInfo info(int i) {
    return graph.infos().get(i);
  }

  /** Gives the graph its inputs. */
  void give(@Nullable Value[] inputs) {
    for (int i = 0; i < graph.inputs().length && i < inputs.length; i++) {
      values[graph.inputs()[i]] = inputs[i];
    }
  }

  /** Runs the nodes one after the other. */
  void run() {
    run(new Steps() {});
  }

  void run(Steps steps) {
    Node[] nodes = run.program().nodes(graph);
    Operation[] operations = run.program().operations(graph);
    NodeRun at = new NodeRun(this, nodes.length == 0 ? Program.NOTHING : nodes[0]);
    for (int i = 0; i < nodes.length; i++) {
      Node node = nodes[i];
      if (given != Attributes.NONE) {
        node = node.with(node.attributes().resolved(given));
      }
      steps.before(i);
      step(at.at(node), operations[i]);
      steps.after(i);
    }
  }

  private void step(NodeRun at, Operation operation) {
    Node node = at.node();
    if (depth > 0 && run.step() > MOST_INNER_STEPS) {
      throw new ShapeException(
          "%s: more than %d nodes would run in loops and functions"
              .formatted(node.place(), MOST_INNER_STEPS));
    }
    try {
      if (at.allSized()) {
        operation.run(at);
      } else {
        UnknownOperation.run(at, "the size of its input is not known");
      }
    } catch (DependsOnData e) {
      UnknownOperation.run(at, String.valueOf(e.getMessage()));
    } catch (ShapeException e) {
      throw depth > 0 && String.valueOf(e.getMessage()).startsWith("node '")
          ? e
          : e.at(node.place());
    } catch (ArithmeticException e) {
      throw failed(node, "a size passes 2^63 - 1, or is divided by zero", e);
    } catch (IllegalArgumentException | UnsupportedOperationException e) {
      throw failed(node, String.valueOf(e.getMessage()), e);
    } catch (IndexOutOfBoundsException e) {
      throw failed(node, "its inputs have too few dimensions or values", e);
    }
  }

  private static ShapeException failed(Node node, String problem, RuntimeException cause) {
    ShapeException failure = new ShapeException(node.place() + ": " + problem);
    failure.initCause(cause);
    return failure;
  }

  /** The graph's outputs. */
  @Nullable Value[] outputs() {
    Value[] outputs = new Value[graph.outputs().length];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = values[graph.outputs()[i]];
    }
    return outputs;
  }
}
