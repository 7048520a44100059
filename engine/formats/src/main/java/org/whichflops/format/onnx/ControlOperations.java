package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** Branches and loops, and calls of functions that the file defines. */
final class ControlOperations {
  private ControlOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "If" -> ControlOperations::branch;
      case "Loop" -> ControlOperations::loop;
      default -> null;
    };
  }

  private static Graph graph(NodeRun node, String name) {
    if (node.attribute(name) instanceof Graph graph) {
      return graph;
    }
    throw new ShapeException("it has no graph '%s'".formatted(name));
  }

  /** The branch that a known condition takes; of one that depends on data, the first. */
  private static void branch(NodeRun node) {
    Numbers condition = node.input(0).numbers();
    if (condition == null) {
      node.execution()
          .shared()
          .notes()
          .remark(node.node().place() + " decides by data: its then-branch is counted");
    }
    boolean then = condition == null || condition.whole(0) != 0;
    Execution branch = node.execution().inner(graph(node, then ? "then_branch" : "else_branch"));
    branch.run();
    outputs(node, branch.outputs(), 0);
  }

  private static void outputs(NodeRun node, @Nullable Value[] outputs, int skipped) {
    for (int i = 0; i < node.outputCount(); i++) {
      Value value = i + skipped < outputs.length ? outputs[i + skipped] : null;
      if (value == null && node.wants(i)) {
        throw new ShapeException("its graph makes no output " + i);
      }
      if (value != null) {
        node.output(i, value);
      }
    }
  }

  /**
   * Runs the body as often as is known: up to a trip count, while a condition holds. What a body
   * makes beside the next state is collected, one row an iteration.
   */
  private static void loop(NodeRun node) {
    Graph body = graph(node, "body");
    Numbers most = node.has(0) ? node.input(0).numbers() : null;
    Value condition = node.find(1);
    if (node.has(0) && most == null) {
      throw new ShapeException("how often it runs depends on data");
    }
    int states = node.inputCount() - 2;
    Value[] state = new Value[Math.max(0, states)];
    for (int i = 0; i < state.length; i++) {
      state[i] = node.input(i + 2);
    }
    int rows = Math.max(0, body.outputs().length - 1 - state.length);
    Value[] row = new Value[rows];
    long count = 0;
    while ((most == null || count < most.whole(0)) && holds(node, condition, most)) {
      Execution inner = node.execution().inner(body);
      Value[] given = new Value[2 + state.length];
      given[0] = Value.scalar(count);
      given[1] =
          condition != null
              ? condition
              : Value.constant(ElementType.BOOL, new long[0], Numbers.of(1L));
      System.arraycopy(state, 0, given, 2, state.length);
      inner.give(given);
      inner.run();
      Value[] made = inner.outputs();
      if (made.length < 1 + state.length) {
        throw new ShapeException("its body makes fewer values than it is given");
      }
      condition = made[0];
      System.arraycopy(made, 1, state, 0, state.length);
      System.arraycopy(made, 1 + state.length, row, 0, rows);
      count++;
    }
    for (int i = 0; i < state.length; i++) {
      node.output(i, state[i]);
    }
    for (int i = 0; i < rows; i++) {
      node.output(state.length + i, collected(node, row[i], count));
    }
  }

  private static boolean holds(NodeRun node, @Nullable Value condition, @Nullable Numbers most) {
    if (condition == null) {
      if (most == null) {
        throw new ShapeException("it never ends: it has neither a trip count nor a condition");
      }
      return true;
    }
    Numbers known = condition.numbers();
    if (known != null) {
      return known.count() > 0 && known.whole(0) != 0;
    }
    if (most == null) {
      throw new ShapeException("how often it runs depends on data");
    }
    node.execution()
        .shared()
        .notes()
        .remark(node.node().place() + " may end by data: all its iterations are counted");
    return true;
  }

  private static Value collected(NodeRun node, @Nullable Value row, long count) {
    if (row == null) {
      return node.result(ElementType.FLOAT, 0);
    }
    long[] sizes = new long[row.rank() + 1];
    sizes[0] = count;
    for (int i = 1; i < sizes.length; i++) {
      sizes[i] = row.size(i - 1);
    }
    return row.live()
        ? Value.live(row.type(), node.moved(Move.CAT, row.tensor(node.pass()), sizes))
        : Value.constant(row.type(), sizes, null);
  }

  /** A function's body in the place of the node. */
  static Operation function(Model.Function function) {
    return node -> {
      Execution body = node.execution().function(function, node.node().attributes());
      Value[] inputs = new Value[node.inputCount()];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = node.find(i);
      }
      body.give(inputs);
      body.run();
      outputs(node, body.outputs(), 0);
    };
  }
}
