package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;

/** What is constant among the inputs of a graph's nodes. */
final class NodeSizes {
  private final Graph graph;

  NodeSizes(Graph graph) {
    this.graph = graph;
  }

  private @Nullable TensorInfo find(Node node, int i) {
    return i < node.inputs().length ? graph.index().constant(node.inputs()[i]) : null;
  }

  /** Whether an input is a constant. */
  boolean constant(Node node, int i) {
    return find(node, i) != null;
  }

  /** The name of a constant input, empty for any other. */
  String name(Node node, int i) {
    TensorInfo constant = find(node, i);
    return constant == null ? "" : constant.name();
  }

  /** The sizes of a constant input, null for any other. */
  long @Nullable [] of(Node node, int i) {
    TensorInfo constant = find(node, i);
    return constant == null ? null : constant.sizes();
  }

  /** Whether an input, or the attribute of older operator sets, is that number. */
  boolean isNumber(Node node, int i, String attribute, double number) {
    if (node.attributes().find(attribute) instanceof Double found) {
      return found == number;
    }
    TensorInfo constant = find(node, i);
    Numbers numbers = constant == null ? null : constant.numbers();
    return numbers != null && numbers.count() == 1 && numbers.real(0) == number;
  }
}
