package org.whichflops.format.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who makes and who reads each value of a graph, and which values are constants. */
final class GraphIndex {
  private static final int NOBODY = -1;
  private static final int SEVERAL = -2;

  private final Graph graph;
  private final int[] maker;
  private final int[] user;
  private final int[] uses;
  private final @Nullable TensorInfo[] initializers;

  GraphIndex(Graph graph) {
    this.graph = graph;
    this.maker = new int[graph.values()];
    this.user = new int[graph.values()];
    this.uses = new int[graph.values()];
    this.initializers = new TensorInfo[graph.values()];
    Arrays.fill(maker, NOBODY);
    Arrays.fill(user, NOBODY);
    for (int i = 0; i < graph.initializers().length; i++) {
      initializers[graph.initializerValues()[i]] = graph.initializers()[i];
    }
    Node[] nodes = graph.nodes();
    for (int i = 0; i < nodes.length; i++) {
      for (int output : nodes[i].outputs()) {
        if (output != Node.ABSENT) {
          maker[output] = i;
        }
      }
      use(nodes[i].inputs(), i);
      for (Graph inner : nodes[i].attributes().graphs()) {
        use(inner.captured(), SEVERAL);
      }
    }
    use(graph.outputs(), SEVERAL);
  }

  private void use(int[] values, int by) {
    for (int value : values) {
      if (value != Node.ABSENT) {
        user[value] = user[value] == NOBODY ? by : SEVERAL;
        uses[value]++;
      }
    }
  }

  /** The node that makes a value, -1 where none does. */
  int maker(int value) {
    return value == Node.ABSENT ? NOBODY : maker[value];
  }

  /** The node that reads a value, where one reads it once and the graph does not return it. */
  int onlyUser(int value) {
    return value == Node.ABSENT ? NOBODY : user[value];
  }

  /** How often a value is read. */
  int uses(int value) {
    return value == Node.ABSENT ? 0 : uses[value];
  }

  /** What is known of a value that does not depend on any input; null for any other. */
  @Nullable TensorInfo constant(int value) {
    int at = value;
    for (int steps = 0; at != Node.ABSENT && steps < 8; steps++) {
      if (initializers[at] != null) {
        return initializers[at];
      }
      if (maker[at] < 0) {
        return null;
      }
      Node node = graph.nodes()[maker[at]];
      if (node.is("Constant")) {
        return node.attributes().find("value") instanceof TensorInfo tensor ? tensor : null;
      }
      if (node.is("Transpose") && node.inputs().length > 0) {
        TensorInfo matrix = constant(node.inputs()[0], steps);
        return matrix == null || matrix.sizes().length != 2
            ? null
            : new TensorInfo(
                matrix.name(),
                matrix.type(),
                new long[] {matrix.sizes()[1], matrix.sizes()[0]},
                null,
                "");
      }
      if (node.is("ScatterND") && node.inputs().length > 0) {
        // Some of a weight's numbers are written over, swin_v2's biases of keys: the sizes stay.
        TensorInfo whole = constant(node.inputs()[0], steps);
        return whole == null
            ? null
            : new TensorInfo(whole.name(), whole.type(), whole.sizes(), null, "");
      }
      if ((!node.is("Identity") && !node.is("Cast") && !node.is("DequantizeLinear"))
          || node.inputs().length == 0) {
        return null;
      }
      at = node.inputs()[0];
    }
    return null;
  }

  /** An initializer, for the one step that another node may stand before it. */
  private @Nullable TensorInfo constant(int value, int steps) {
    return steps > 0 || value == Node.ABSENT ? null : initializers[value];
  }

  /** Whether a value is a single constant number. */
  boolean scalar(int value) {
    TensorInfo constant = constant(value);
    return constant != null && constant.numel() == 1;
  }

  /** Whether a value is a constant of one or more dimensions: a learnt weight or bias. */
  boolean parameter(int value) {
    TensorInfo constant = constant(value);
    return constant != null && constant.sizes().length >= 1;
  }

  /** Whether a value is a number that scales: constant, or the root of one worked out. */
  boolean scale(int value) {
    return scalar(value)
        || (value != Node.ABSENT && maker[value] >= 0 && graph.nodes()[maker[value]].is("Sqrt"));
  }

  /** The axes of a reduction: an attribute, or a constant input from set 18 on. */
  long @Nullable [] axes(Node node) {
    if (node.attributes().find("axes") instanceof long[] axes) {
      return axes;
    }
    TensorInfo constant = node.inputs().length > 1 ? constant(node.inputs()[1]) : null;
    Numbers numbers = constant == null ? null : constant.numbers();
    return numbers == null ? null : numbers.whole();
  }

  /** Whether two nodes stand in the same module. */
  static boolean sameScope(Node a, Node b) {
    return scope(a).equals(scope(b));
  }

  private static String scope(Node node) {
    ExportedScopes scopes = node.scopes();
    if (scopes != null) {
      int size = scopes.paths().size();
      return size < 2 ? "" : scopes.paths().get(size - 2);
    }
    int slash = node.name().lastIndexOf('/');
    return slash < 0 ? "" : node.name().substring(0, slash);
  }
}
