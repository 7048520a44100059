package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what an exporter took apart and puts it together again, so that a layer counts the same
 * from every operator set: a linear layer with bias, SiLU, Hardswish, GELU, layer and group
 * normalization, and attention. Looks at each node once.
 */
final class Fusion {
  /** The domain of the operators found. */
  static final String DOMAIN = "whichflops.fused";

  static final String LINEAR = "MatMul+Add";
  static final String SILU = "Sigmoid+Mul";
  static final String HARDSWISH = "HardSigmoid+Mul";
  static final String GELU = "Erf+Mul";
  static final String LAYER_NORM = "ReduceMean+Sub+Div";
  static final String GROUP_NORM = "Reshape+InstanceNormalization";
  static final String ATTENTION = "MatMul+Softmax+MatMul";

  private final Graph graph;
  private final @Nullable Node[] nodes;
  private boolean any;

  private Fusion(Graph graph) {
    this.graph = graph;
    this.nodes = graph.nodes().clone();
  }

  /** The nodes of a graph, those that belong together as one. */
  static Node[] of(Graph graph) {
    Fusion fusion = new Fusion(graph);
    for (int i = 0; i < fusion.nodes.length; i++) {
      Node node = fusion.nodes[i];
      if (node != null) {
        fusion.match(i, node);
      }
    }
    if (!fusion.any) {
      return graph.nodes();
    }
    List<Node> kept = new ArrayList<>(fusion.nodes.length);
    for (Node node : fusion.nodes) {
      if (node != null) {
        kept.add(node);
      }
    }
    return kept.toArray(new Node[0]);
  }

  private void match(int i, Node node) {
    if (!node.domain().isEmpty() || node.inputs().length == 0) {
      return; // what is damaged is refused where it runs
    }
    switch (node.op()) {
      case "MatMul" -> linear(i, node);
      case "Sigmoid" -> gated(i, node, SILU);
      case "HardSigmoid" -> gated(i, node, HARDSWISH);
      case "Erf" -> gelu(i, node);
      case "Sqrt" -> layerNorm(i, node);
      case "InstanceNormalization" -> groupNorm(i, node);
      case "Softmax" -> attention(i, node);
      default -> {}
    }
  }

  /** Replaces several nodes by one, in the place of the last, under the first one's name. */
  private void replace(
      String op, Node named, int last, int[] inputs, Attributes attributes, int... others) {
    any = true;
    int[] outputs = graph.nodes()[last].outputs();
    for (int other : others) {
      nodes[other] = null;
    }
    nodes[last] = new Node(named.name(), DOMAIN, op, inputs, outputs, attributes, named.scopes());
  }

  /** The only node that reads a node's output, where it stands still and has that operator. */
  private int next(int i, String op) {
    int user = graph.index().onlyUser(graph.nodes()[i].outputs()[0]);
    return user >= 0 && nodes[user] != null && graph.nodes()[user].is(op) ? user : -1;
  }

  /** The node that makes a value, where it stands still and has that operator. */
  private int maker(int value, String op) {
    int maker = graph.index().maker(value);
    return maker >= 0 && nodes[maker] != null && graph.nodes()[maker].is(op) ? maker : -1;
  }

  private int input(int node, int i) {
    int[] inputs = graph.nodes()[node].inputs();
    return i < inputs.length ? inputs[i] : Node.ABSENT;
  }

  /** The other operand of a node of two. */
  private int other(int node, int value) {
    return input(node, 0) == value ? input(node, 1) : input(node, 0);
  }

  private static int output(Node node) {
    return node.outputs()[0];
  }

  private void linear(int i, Node matmul) {
    int add = next(i, "Add");
    if (add < 0 || matmul.inputs().length < 2) {
      return;
    }
    TensorInfo weight = graph.index().constant(matmul.inputs()[1]);
    int added = other(add, output(matmul));
    TensorInfo bias = graph.index().constant(added);
    if (weight != null
        && bias != null
        && weight.sizes().length == 2
        && bias.sizes().length == 1
        && bias.sizes()[0] == weight.sizes()[1]) {
      int[] inputs = {matmul.inputs()[0], matmul.inputs()[1], added};
      replace(LINEAR, matmul, add, inputs, Attributes.NONE, i);
    }
  }

  /** x * sigmoid(x), where both stand in one module: elsewhere it is what the model says. */
  private void gated(int i, Node gate, String op) {
    int mul = next(i, "Mul");
    if (mul >= 0
        && other(mul, output(gate)) == gate.inputs()[0]
        && GraphIndex.sameScope(gate, graph.nodes()[mul])) {
      replace(op, gate, mul, new int[] {gate.inputs()[0]}, Attributes.NONE, i);
    }
  }

  /** x * (1 + erf(x / sqrt(2))) * 0.5, with the half at any of the factors. */
  private void gelu(int i, Node erf) {
    int scaled = maker(erf.inputs()[0], "Div");
    scaled = scaled < 0 ? maker(erf.inputs()[0], "Mul") : scaled;
    int add = next(i, "Add");
    int mul = add < 0 ? -1 : next(add, "Mul");
    if (scaled < 0 || mul < 0 || graph.index().onlyUser(erf.inputs()[0]) != i) {
      return;
    }
    int x = graph.index().constant(input(scaled, 1)) != null ? input(scaled, 0) : input(scaled, 1);
    int factor = other(mul, output(graph.nodes()[add]));
    Node named = graph.nodes()[scaled];
    int[] result = {x};
    int after = next(mul, "Mul");
    int last = after < 0 ? Node.ABSENT : other(after, output(graph.nodes()[mul]));
    boolean halvedAfter = factor == x && graph.index().scalar(last);
    boolean halvedBetween = graph.index().scalar(factor) && last == x;
    if (after >= 0 && (halvedAfter || halvedBetween)) {
      replace(GELU, named, after, result, Attributes.NONE, scaled, i, add, mul);
      return;
    }
    int half = maker(factor, "Mul");
    if (half >= 0
        && graph.index().onlyUser(factor) == mul
        && ((input(half, 0) == x && graph.index().scalar(input(half, 1)))
            || (input(half, 1) == x && graph.index().scalar(input(half, 0))))) {
      replace(GELU, named, mul, result, Attributes.NONE, scaled, i, add, half);
    }
  }

  /** (x - mean) / sqrt(mean((x - mean)^2) + eps), then a weight and a bias where there are any. */
  private void layerNorm(int i, Node sqrt) {
    int div = next(i, "Div");
    int add = maker(sqrt.inputs()[0], "Add");
    if (div < 0 || add < 0 || input(div, 1) != output(sqrt)) {
      return;
    }
    int variance = maker(input(add, 0), "ReduceMean");
    int power = variance < 0 ? -1 : maker(input(variance, 0), "Pow");
    power = variance >= 0 && power < 0 ? maker(input(variance, 0), "Mul") : power;
    int sub = power < 0 ? -1 : maker(input(power, 0), "Sub");
    int mean = sub < 0 ? -1 : maker(input(sub, 1), "ReduceMean");
    if (mean < 0
        || input(div, 0) != output(graph.nodes()[sub])
        || input(mean, 0) != input(sub, 0)
        || graph.index().axes(graph.nodes()[mean]) == null
        || graph.index().uses(output(graph.nodes()[sub]))
            != 1 + graph.nodes()[power].inputs().length - (graph.nodes()[power].is("Pow") ? 1 : 0)
        || graph.index().onlyUser(output(graph.nodes()[mean])) != sub
        || graph.index().onlyUser(output(graph.nodes()[power])) != variance
        || graph.index().onlyUser(output(graph.nodes()[variance])) != add
        || graph.index().onlyUser(output(graph.nodes()[add])) != i) {
      return;
    }
    int last = div;
    int weight = Node.ABSENT;
    int bias = Node.ABSENT;
    List<Integer> others = new ArrayList<>(List.of(mean, sub, power, variance, add, i));
    int mul = next(div, "Mul");
    if (mul >= 0 && graph.index().parameter(other(mul, output(graph.nodes()[div])))) {
      weight = other(mul, output(graph.nodes()[div]));
      others.add(div);
      last = mul;
      int plus = next(mul, "Add");
      if (plus >= 0 && graph.index().parameter(other(plus, output(graph.nodes()[mul])))) {
        bias = other(plus, output(graph.nodes()[mul]));
        others.add(mul);
        last = plus;
      }
    }
    long[] axes = graph.index().axes(graph.nodes()[mean]);
    // Rows of consecutive last dimensions: the first of them is the axis.
    long axis = axes == null || axes.length == 0 ? -1 : axes[0];
    Attributes attributes = Attributes.of(List.of("axis"), List.of(axis));
    replace(
        LAYER_NORM,
        graph.nodes()[mean],
        last,
        new int[] {input(mean, 0), weight, bias},
        attributes,
        GraphBuilder.ints(others));
  }

  /** [N, C, ...] as [N, groups, -1], instance by instance, back, a weight and a bias. */
  private void groupNorm(int i, Node norm) {
    int to = maker(norm.inputs()[0], "Reshape");
    int back = next(i, "Reshape");
    if (to < 0 || back < 0 || graph.index().onlyUser(norm.inputs()[0]) != i) {
      return;
    }
    TensorInfo sizes = graph.index().constant(input(to, 1));
    Numbers numbers = sizes == null ? null : sizes.numbers();
    if (numbers == null || numbers.count() != 3 || numbers.whole(2) != -1) {
      return;
    }
    int last = back;
    int weight = Node.ABSENT;
    int bias = Node.ABSENT;
    List<Integer> others = new ArrayList<>(List.of(to, i));
    int mul = next(back, "Mul");
    if (mul >= 0 && graph.index().parameter(other(mul, output(graph.nodes()[back])))) {
      weight = other(mul, output(graph.nodes()[back]));
      others.add(back);
      last = mul;
      int plus = next(mul, "Add");
      if (plus >= 0 && graph.index().parameter(other(plus, output(graph.nodes()[mul])))) {
        bias = other(plus, output(graph.nodes()[mul]));
        others.add(mul);
        last = plus;
      }
    }
    Attributes attributes = Attributes.of(List.of("num_groups"), List.of(numbers.whole(1)));
    int[] inputs = {input(to, 0), weight, bias};
    replace(GROUP_NORM, norm, last, inputs, attributes, GraphBuilder.ints(others));
  }

  /**
   * softmax((q s) (k^T s) + mask) v, with the same number s at both, is how exporters write {@code
   * scaled_dot_product_attention}; attention that a model computes itself has other forms.
   */
  private void attention(int i, Node softmax) {
    int last = next(i, "MatMul");
    int scores = maker(softmax.inputs()[0], "MatMul");
    int mask = Node.ABSENT;
    int masked = -1;
    if (scores < 0) {
      masked = maker(softmax.inputs()[0], "Add");
      scores = masked < 0 ? -1 : maker(input(masked, 0), "MatMul");
      mask = masked < 0 ? Node.ABSENT : input(masked, 1);
    }
    int q = scores < 0 ? -1 : maker(input(scores, 0), "Mul");
    int k = scores < 0 ? -1 : maker(input(scores, 1), "Mul");
    int keys = k < 0 ? Node.ABSENT : untransposed(input(k, 0));
    if (last < 0
        || q < 0
        || keys == Node.ABSENT
        || input(last, 0) != output(softmax)
        || graph.index().onlyUser(softmax.inputs()[0]) != i
        || (masked >= 0 && graph.index().onlyUser(input(masked, 0)) != masked)
        || !graph.index().scale(input(q, 1))
        || !graph.index().scale(input(k, 1))
        || graph.index().onlyUser(output(graph.nodes()[q])) != scores
        || graph.index().onlyUser(output(graph.nodes()[k])) != scores) {
      return;
    }
    int[] inputs = {input(q, 0), keys, input(last, 1), mask};
    Node named = graph.nodes()[scores];
    if (masked >= 0) {
      replace(ATTENTION, named, last, inputs, Attributes.NONE, q, k, scores, i, masked);
    } else {
      replace(ATTENTION, named, last, inputs, Attributes.NONE, q, k, scores, i);
    }
  }

  /** What a value is the transpose of: of two dimensions, or with others folded for the while. */
  private int untransposed(int value) {
    int direct = maker(value, "Transpose");
    if (direct >= 0) {
      return input(direct, 0);
    }
    int unfolded = maker(value, "Reshape");
    int transposed = unfolded < 0 ? -1 : maker(input(unfolded, 0), "Transpose");
    int folded = transposed < 0 ? -1 : maker(input(transposed, 0), "Reshape");
    return folded < 0 ? Node.ABSENT : input(folded, 0);
  }
}
