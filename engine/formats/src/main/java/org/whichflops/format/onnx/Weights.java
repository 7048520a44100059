package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Parameter;

/**
 * Which initializers are parameters. A file does not say: they are the real numbers that nodes
 * compute with, and the bytes of quantised weights. Running statistics, bounds, scales and other
 * settings are not.
 *
 * <p>Exporters keep one of several initializers of equal value and read it through Identity; each
 * such reading is a parameter of its own, as it was in the model.
 */
final class Weights {
  /** No node of the outermost graph: a function's or a branch's. */
  static final int INSIDE = -1;

  /**
   * A parameter and the first node that uses it.
   *
   * @param node the place of that node in the outermost graph, or {@link #INSIDE}
   * @param role {@code weight}, {@code bias} or another name for what the node does with it; empty
   *     where none is usual
   */
  record Use(String name, Parameter parameter, int node, String role) {}

  private final List<Use> uses = new ArrayList<>();

  List<Use> uses() {
    return uses;
  }

  /** The parameter that each initializer of a graph is, null where it is none. */
  @Nullable Parameter[] of(Graph graph, Node[] nodes, boolean outermost) {
    if (graph.initializers().length == 0) {
      return new Parameter[0];
    }
    int[] source = new int[graph.values()];
    Arrays.fill(source, -1);
    for (int i = 0; i < graph.initializers().length; i++) {
      source[graph.initializerValues()[i]] = i;
    }
    boolean[] used = new boolean[graph.values()];
    Parameter[] parameters = new Parameter[graph.initializers().length];
    for (int n = 0; n < nodes.length; n++) {
      Node node = nodes[n];
      if (node.is("Identity")) {
        alias(node, source);
        continue;
      }
      for (int i = 0; i < node.inputs().length; i++) {
        int value = node.inputs()[i];
        if (value != Node.ABSENT && source[value] >= 0 && !used[value]) {
          TensorInfo tensor = graph.initializers()[source[value]];
          if (counts(node, i, tensor.type()) && !isNumber(tensor)) {
            used[value] = true;
            Parameter parameter = new Parameter(shape(node, i, tensor), true);
            if (parameters[source[value]] == null) {
              parameters[source[value]] = parameter;
            }
            uses.add(new Use(tensor.name(), parameter, outermost ? n : INSIDE, role(node, i)));
          }
        }
      }
      captured(graph, node, source, used, parameters);
    }
    return parameters;
  }

  /** A single number that an exporter made, such as the exponent of a power. */
  private static boolean isNumber(TensorInfo tensor) {
    String name = tensor.name();
    return tensor.numel() == 1
        && (name.startsWith("val_")
            || name.startsWith("const")
            || name.startsWith("scalar_tensor")
            || name.indexOf(':') >= 0
            || name.indexOf('/') >= 0);
  }

  private static void alias(Node node, int[] source) {
    int in = node.inputs().length > 0 ? node.inputs()[0] : Node.ABSENT;
    int out = node.outputs().length > 0 ? node.outputs()[0] : Node.ABSENT;
    if (in != Node.ABSENT && out != Node.ABSENT && source[in] >= 0) {
      source[out] = source[in];
    }
  }

  /** What branches and loops read of the graph around them. */
  private void captured(
      Graph graph, Node node, int[] source, boolean[] used, @Nullable Parameter[] parameters) {
    for (Graph inner : node.attributes().graphs()) {
      for (int value : inner.captured()) {
        if (source[value] >= 0 && !used[value]) {
          TensorInfo tensor = graph.initializers()[source[value]];
          if (tensor.type().real()) {
            used[value] = true;
            Parameter parameter = new Parameter(Shape.of(tensor.sizes()), true);
            parameters[source[value]] = parameter;
            uses.add(new Use(tensor.name(), parameter, INSIDE, ""));
          }
        }
      }
    }
  }

  private static boolean counts(Node node, int i, ElementType type) {
    if (type.whole()) {
      return switch (node.op()) {
        case "DequantizeLinear" -> i == 0;
        case "ConvInteger", "MatMulInteger" -> i == 1;
        case "QLinearMatMul" -> i == 3;
        case "QLinearConv" -> i == 3 || i == 8;
        default -> false;
      };
    }
    return type.real()
        && switch (node.op()) {
          case "Clip",
              "Resize",
              "Upsample",
              "Pad",
              "Dropout",
              "QuantizeLinear",
              "DequantizeLinear",
              "Pow" ->
              i == 0;
          case "BatchNormalization" -> i < 3;
          case "LSTM", "GRU", "RNN" -> i < 4 || i == 7;
          case "QLinearConv", "QLinearMatMul", "Range", "Shape", "OneHot" -> false;
          default -> true;
        };
  }

  /** PyTorch's linear layers keep {@code [out, in]}; a product's right side is the transpose. */
  private static Shape shape(Node node, int i, TensorInfo tensor) {
    long[] sizes = tensor.sizes();
    boolean swapped =
        sizes.length == 2
            && i == 1
            && switch (node.op()) {
              case "MatMul", "MatMulInteger", Fusion.LINEAR -> true;
              case "Gemm" -> !(node.attributes().find("transB") instanceof Long flag && flag != 0);
              default -> false;
            };
    return swapped ? Shape.of(sizes[1], sizes[0]) : Shape.of(sizes);
  }

  private static String role(Node node, int i) {
    return switch (node.op()) {
      case "Conv",
          "ConvTranspose",
          "Gemm",
          Fusion.LINEAR,
          "BatchNormalization",
          "InstanceNormalization",
          "LayerNormalization",
          "GroupNormalization",
          Fusion.LAYER_NORM,
          Fusion.GROUP_NORM ->
          i == 1 ? "weight" : i == 2 ? "bias" : "";
      case "MatMul", "PRelu", "ConvInteger", "MatMulInteger" -> i == 1 ? "weight" : "";
      case "Gather" -> i == 0 ? "weight" : "";
      case "QLinearConv" -> i == 3 ? "weight" : "bias";
      case "LSTM", "GRU", "RNN" ->
          // As PyTorch calls them, but for both directions and both biases at once.
          i == 1 ? "weight_ih_l" : i == 2 ? "weight_hh_l" : i == 3 ? "bias_l" : "weight_peephole_l";
      default -> "";
    };
  }
}
