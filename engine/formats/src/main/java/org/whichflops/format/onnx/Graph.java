package org.whichflops.format.onnx;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A graph, a function's body, or the body of a branch or loop. Values are numbers from 0; nodes
 * stand in an order in which each comes after what it reads.
 */
final class Graph {
  private final Node[] nodes;
  private final int values;
  private final int[] inputs;
  private final ValueInfo[] inputInfos;
  private final int[] outputs;
  private final ValueInfo[] outputInfos;
  private final int[] initializerValues;
  private final TensorInfo[] initializers;
  private final Map<Integer, ValueInfo> infos;
  private final String[] free;
  private final int[] freeValues;
  private int @Nullable [] captured;
  private @Nullable GraphIndex index;

  Graph(GraphBuilder from) {
    nodes = from.nodes.toArray(new Node[0]);
    values = from.names.size();
    inputs = GraphBuilder.ints(from.inputs);
    inputInfos = from.inputInfos.toArray(new ValueInfo[0]);
    outputs = GraphBuilder.ints(from.outputs);
    outputInfos = from.outputInfos.toArray(new ValueInfo[0]);
    initializerValues = GraphBuilder.ints(from.initializerValues);
    initializers = from.initializers.toArray(new TensorInfo[0]);
    infos = from.infos;
    free = from.free.toArray(new String[0]);
    freeValues = GraphBuilder.ints(from.freeValues);
  }

  /** The nodes, each after those whose values it reads. */
  Node[] nodes() {
    return nodes;
  }

  /** How many values there are. */
  int values() {
    return values;
  }

  /** The values that are given from outside, those that have an initializer left out. */
  int[] inputs() {
    return inputs;
  }

  /** What the file says of each input. */
  ValueInfo[] inputInfos() {
    return inputInfos;
  }

  int[] outputs() {
    return outputs;
  }

  /** What the file says of each output. */
  ValueInfo[] outputInfos() {
    return outputInfos;
  }

  /** The values of the initializers, beside {@link #initializers}. */
  int[] initializerValues() {
    return initializerValues;
  }

  TensorInfo[] initializers() {
    return initializers;
  }

  /** What the file says of values that nodes make. */
  Map<Integer, ValueInfo> infos() {
    return infos;
  }

  /** Who makes and reads its values; looked up once it is asked for. */
  GraphIndex index() {
    GraphIndex known = index;
    if (known == null) {
      known = new GraphIndex(this);
      index = known;
    }
    return known;
  }

  /** Names that the graph reads and nothing in it defines: values of the graph around it. */
  String[] free() {
    return free;
  }

  /** The values of those names in this graph. */
  int[] freeValues() {
    return freeValues;
  }

  /** The same values in the graph around this one. */
  int[] captured() {
    return captured == null ? new int[0] : captured;
  }

  /** Says which values of the graph around this one the free names are. */
  void captures(int[] outer) {
    captured = outer;
  }
}
