package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.format.FormatException;

/** A graph run once while it is read: to see that it can, and which of its nodes compute. */
final class FirstRun {
  private final GraphModule root;
  private final GraphInput input;
  private final Node[] nodes;
  private final boolean[] live;
  private final int[] ranks;
  private final RunNotes notes;

  private FirstRun(GraphModule root, GraphInput input, Node[] nodes, Execution execution) {
    this.root = root;
    this.input = input;
    this.nodes = nodes;
    this.live = new boolean[nodes.length];
    this.ranks = new int[nodes.length];
    this.notes = execution.shared().notes();
  }

  /** Notes of each node whether it computes, while its values are at hand. */
  private Execution.Steps looking(Execution execution) {
    return new Execution.Steps() {
      @Override
      public void after(int node) {
        look(node, execution);
      }
    };
  }

  private void look(int node, Execution execution) {
    for (int output : nodes[node].outputs()) {
      Value value = output == Node.ABSENT ? null : execution.value(output);
      live[node] |= value != null && value.live();
    }
    int first = nodes[node].inputs().length == 0 ? Node.ABSENT : nodes[node].inputs()[0];
    Value value = first == Node.ABSENT ? null : execution.value(first);
    ranks[node] = value == null ? 0 : value.rank();
  }

  /**
   * Runs a program at its own input; where that has open sizes, at the first guess that fits.
   *
   * @throws FormatException where it cannot run: the node, and why
   */
  static FirstRun of(Program program) {
    ValueInfo[] inputs = program.model().graph().inputInfos();
    FormatException first = null;
    for (int guess = 0; guess < GraphInput.guesses(inputs); guess++) {
      try {
        return at(program, new GraphInput(inputs, guess));
      } catch (FormatException e) {
        first = first == null ? e : first;
      }
    }
    throw first == null ? new FormatException(program.model().file(), "", "it cannot run") : first;
  }

  private static FirstRun at(Program program, GraphInput input) {
    String file = program.model().file();
    Node[] nodes = program.nodes(program.model().graph());
    GraphModule root = new GraphModule(ModuleTree.type(rootClass(nodes)), program, input);
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    try {
      List<Tensor> inputs = new ArrayList<>();
      inputs.add(pass.input(input.shape().sizes()));
      input.others(input.shape()).forEach(shape -> inputs.add(pass.input(shape.sizes())));
      Execution execution = root.execution(pass, inputs.toArray(new Tensor[0]), input.shape());
      FirstRun run = new FirstRun(root, input, nodes, execution);
      execution.run(run.looking(execution));
      return run;
    } catch (ShapeException e) {
      FormatException failure = new FormatException(file, "", String.valueOf(e.getMessage()));
      failure.initCause(e);
      throw failure;
    } catch (ArithmeticException e) {
      throw new FormatException(file, "", "its input has more than 2^63 - 1 elements");
    }
  }

  private static String rootClass(Node[] nodes) {
    for (Node node : nodes) {
      String type = Level.root(node);
      if (!type.isEmpty()) {
        return type;
      }
    }
    return "";
  }

  GraphModule root() {
    return root;
  }

  GraphInput input() {
    return input;
  }

  RunNotes notes() {
    return notes;
  }

  Node[] nodes() {
    return nodes;
  }

  /** Whether a node makes anything that depends on the input. */
  boolean live(int node) {
    return live[node];
  }

  /** The number of dimensions of a node's first input. */
  int rank(int node) {
    return ranks[node];
  }
}
