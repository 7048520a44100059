package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Matrix products; one with a constant matrix on the right is a linear layer. */
final class ProductOperations {
  private ProductOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "MatMul" -> node -> matmul(node, 0, 1, node.input(0).type());
      case "MatMulInteger" -> node -> matmul(node, 0, 1, ElementType.INT32);
      case "QLinearMatMul" -> node -> matmul(node, 0, 3, node.input(7).type());
      case Fusion.LINEAR -> ProductOperations::linear;
      case "Gemm" -> ProductOperations::gemm;
      case "Einsum" -> ProductOperations::einsum;
      default -> null;
    };
  }

  private static void matmul(NodeRun node, int left, int right, ElementType type) {
    Value a = node.input(left);
    Value b = node.input(right);
    if (!a.live() && b.parameter() != null && b.rank() == 2 && a.rank() > 0) {
      // A network over a table, such as a position bias: PyTorch runs it every time.
      Tensor weight = weight(node, b, b.size(1), b.size(0));
      node.output(Value.live(type, F.linear(pass(node, a), weight, null)));
    } else if (!a.live() && !b.live()) {
      Tensor y = Torch.matmul(scratch(a), scratch(b));
      node.output(Value.constant(type, y.shape().sizes(), null));
    } else if (b.live() || b.rank() != 2 || a.rank() == 0) {
      node.output(Value.live(type, Torch.matmul(node.tensor(left), node.tensor(right))));
    } else {
      Tensor weight = weight(node, b, b.size(1), b.size(0));
      node.output(Value.live(type, F.linear(node.tensor(left), weight, null)));
    }
  }

  /** A constant in a pass of its own, to find the sizes of a product that nobody counts. */
  private static Tensor scratch(Value value) {
    return Observed.tensor(
        new org.whichflops.engine.tensor.ForwardPass(org.whichflops.engine.tensor.Mode.DECOMPOSED),
        Shape.of(value.sizes()));
  }

  /** The weight of a linear layer, {@code [out, in]} as PyTorch has it. */
  private static Tensor weight(NodeRun node, Value value, long out, long in) {
    Parameter parameter = value.parameter();
    return parameter != null
            && parameter.rank() == 2
            && parameter.size(0) == out
            && parameter.size(1) == in
        ? parameter
        : Observed.tensor(node.pass(), Shape.of(out, in));
  }

  /** A product with {@code [in, out]} and a bias added to it. */
  private static void linear(NodeRun node) {
    Value x = node.input(0);
    Value w = node.input(1);
    Tensor weight = weight(node, w, w.size(1), w.size(0));
    node.output(F.linear(pass(node, x), weight, node.tensor(2)));
  }

  private static void gemm(NodeRun node) {
    Value a = node.input(0);
    Value b = node.input(1);
    boolean transA = node.integer("transA", 0) != 0;
    boolean transB = node.integer("transB", 0) != 0;
    if (a.rank() != 2 || b.rank() != 2) {
      throw new ShapeException("it expects two matrices but they are %s and %s".formatted(a, b));
    }
    Value added = node.find(2);
    long out = b.size(transB ? 0 : 1);
    long in = b.size(transB ? 1 : 0);
    Tensor bias = added == null ? null : added.tensor(node.pass());
    if (!node.anyLive()) {
      node.output(Value.constant(a.type(), new long[] {a.size(transA ? 1 : 0), out}, null));
    } else if (a.live()
        && !b.live()
        && !transA
        && (added == null || (!added.live() && added.numel() == out))) {
      node.output(F.linear(node.tensor(0), weight(node, b, out, in), bias));
    } else {
      Tensor x = matrix(node, a, transA);
      Tensor y = matrix(node, b, transB);
      node.output(Value.live(a.type(), bias == null ? Torch.mm(x, y) : Torch.addmm(bias, x, y)));
    }
  }

  private static Tensor matrix(NodeRun node, Value value, boolean transposed) {
    return transposed
        ? node.moved(Move.PERMUTE, value.tensor(node.pass()), value.size(1), value.size(0))
        : value.tensor(node.pass());
  }

  /** More than two operands are multiplied from left to right, as PyTorch does by default. */
  private static void einsum(NodeRun node) {
    String equation = node.text("equation", "").replace(" ", "");
    int arrow = equation.indexOf("->");
    String result = arrow >= 0 ? equation.substring(arrow + 2) : null;
    String[] operands = (arrow >= 0 ? equation.substring(0, arrow) : equation).split(",", -1);
    if (operands.length != node.inputCount()) {
      throw new ShapeException(
          "its equation '%s' has %d operands for %d inputs"
              .formatted(equation, operands.length, node.inputCount()));
    }
    String last = result == null ? implicit(operands) : result;
    Tensor sum = pass(node, node.input(0));
    String named = operands[0];
    for (int i = 1; i < operands.length; i++) {
      String kept = i == operands.length - 1 ? last : kept(named + operands[i], operands, i, last);
      sum = Torch.einsum(named + "," + operands[i] + "->" + kept, sum, pass(node, node.input(i)));
      named = kept;
    }
    if (operands.length == 1) {
      sum = Torch.einsum(named + "->" + last, sum);
    }
    node.output(
        node.anyLive()
            ? Value.live(node.input(0).type(), sum)
            : Value.constant(node.input(0).type(), sum.shape().sizes(), null));
  }

  private static Tensor pass(NodeRun node, Value value) {
    return value.live()
        ? value.tensor(node.pass())
        : Observed.tensor(node.pass(), Shape.of(value.sizes()));
  }

  /** Without an arrow the result has every index that stands once, in alphabetical order. */
  private static String implicit(String[] operands) {
    String all = String.join("", operands);
    StringBuilder result = new StringBuilder(all.contains("...") ? "..." : "");
    for (char c : sorted(all.replace(".", ""))) {
      if (all.indexOf(c) == all.lastIndexOf(c)) {
        result.append(c);
      }
    }
    return result.toString();
  }

  /** The indices so far that a later operand or the result asks for. */
  private static String kept(String so, String[] operands, int done, @Nullable String result) {
    StringBuilder later = new StringBuilder(result == null ? "" : result);
    for (int i = done + 1; i < operands.length; i++) {
      later.append(operands[i]);
    }
    StringBuilder kept = new StringBuilder(so.contains("...") ? "..." : "");
    for (char c : sorted(so.replace(".", ""))) {
      if (later.indexOf(String.valueOf(c)) >= 0 && kept.indexOf(String.valueOf(c)) < 0) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  private static char[] sorted(String text) {
    char[] all = text.toCharArray();
    java.util.Arrays.sort(all);
    return all;
  }
}
