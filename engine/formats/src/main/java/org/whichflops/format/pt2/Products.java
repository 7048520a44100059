package org.whichflops.format.pt2;

import java.util.List;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Attention;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Linear layers, matrix products and attention. */
final class Products {
  private Products() {}

  /** What a linear or bilinear layer is asked for. */
  private record LayerArguments(long in, long out, boolean bias) implements Arguments {
    @Override
    public long attribute(Attribute attribute, Call call) {
      return switch (attribute) {
        case IN_FEATURES -> in;
        case OUT_FEATURES -> out;
        case BIAS -> bias ? 1 : 0;
        default -> NONE.attribute(attribute, call);
      };
    }
  }

  /** {@code linear}. */
  static Step linear(NodeReader node) {
    return linear(
        node, node.slot("input"), node.tensor("weight"), node.optionalSlot("bias"), node.output());
  }

  /** A linear layer out of one node or several. */
  static Step linear(NodeReader node, int x, String weight, int b, Run.Output output) {
    int w = node.values().slot(weight);
    Program.Value sizes = node.values().value(weight);
    if (sizes.sizes().size() != 2) {
      throw node.problem("a linear layer's weight has 2 dimensions, not " + sizes.sizes().size());
    }
    Long in = sizes.sizes().get(1).constant();
    Long out = sizes.sizes().get(0).constant();
    LayerArguments arguments =
        new LayerArguments(in == null ? 0 : in, out == null ? 0 : out, b >= 0);
    return FunctionStep.of(
        symbols -> arguments,
        output,
        (run, a) -> F.linear(run.tensor(x), run.weight(w), run.optionalWeight(b)));
  }

  /** {@code bilinear}, or {@code _trilinear} which it falls apart into. */
  static Step bilinear(NodeReader node, int x, int x2, String weight, int b, Run.Output output) {
    Shape sizes = node.shape(weight);
    if (sizes.rank() != 3) {
      throw node.problem("a bilinear layer's weight has 3 dimensions, not " + sizes);
    }
    int w = node.values().slot(weight);
    LayerArguments arguments = new LayerArguments(sizes.size(1), sizes.size(0), b >= 0);
    return FunctionStep.of(
        symbols -> arguments,
        output,
        (run, a) ->
            F.bilinear(
                run.tensor(x), run.tensor(x2), run.weight(w), run.optionalWeight(b), arguments));
  }

  /** {@code matmul}, as the function or method that was called. */
  static Step matmul(String function, int x, int y, Run.Output output) {
    return FunctionStep.of(
        output,
        switch (function) {
          case "torch.matmul" -> (run, a) -> Torch.matmul(run.tensor(x), run.tensor(y));
          case "Tensor.matmul" -> (run, a) -> run.tensor(x).matmul(run.tensor(y));
          default -> (run, a) -> run.tensor(x).at(run.tensor(y));
        });
  }

  /** {@code einsum}: the equation says which sizes meet. */
  static Step einsum(NodeReader node) {
    String equation = node.text("equation");
    if (equation == null || equation.length() > 1000) {
      throw node.problem("there is no equation");
    }
    int[] operands = node.values().slots(node.tensors("tensors"));
    if (operands.length == 0) {
      throw node.problem("there are no tensors");
    }
    return FunctionStep.of(
        node.output(), (run, a) -> Torch.einsum(equation, run.tensors(operands)));
  }

  /** {@code scaled_dot_product_attention}, and the kernels that it is exported as. */
  static Step attention(NodeReader node) {
    boolean masked = node.has("attn_mask") || node.has("attn_bias");
    int q = node.slot("query");
    int k = node.slot("key");
    int v = node.slot("value");
    return attention(q, k, v, masked, node.outputs());
  }

  static Step attention(int q, int k, int v, boolean masked, Run.Output... outputs) {
    return FunctionStep.of(
        symbols -> Arguments.NONE,
        List.of(outputs),
        (run, a) ->
            new Tensor[] {
              Attention.scaledDotProduct(run.tensor(q), run.tensor(k), run.tensor(v), masked)
            });
  }
}
