package org.whichflops.format.description;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Recurrence;
import org.whichflops.engine.tensor.RecurrentArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Functions of {@code torch} and methods of tensors that compute. */
final class TorchFunctions {
  private TorchFunctions() {}

  /** Adds the functions. */
  static void fill() {
    torch();
    methods();
  }

  private static void torch() {
    binary("torch.add", Torch::add, x -> Torch.add(x, 1));
    binary("torch.mul", Torch::mul, x -> Torch.mul(x, 1));
    binary("torch.div", Torch::div, x -> Torch.div(x, 1));
    binary("torch.sub", Torch::sub, null);
    binary("torch.maximum", Torch::maximum, null);
    unary("torch.relu", Torch::relu);
    unary("torch.sigmoid", Torch::sigmoid);
    unary("torch.tanh", Torch::tanh);
    unary("torch.sqrt", Torch::sqrt);
    unary("torch.rsqrt", Torch::rsqrt);
    unary("torch.exp", Torch::exp);
    unary("torch.log", Torch::log);
    unary("torch.abs", Torch::abs);
    unary("torch.sign", Torch::sign);
    FunctionTable.put(
        "torch.pow", "input exponent", g -> Torch.pow(g.tensor("input"), g.number("exponent", 2)));
    FunctionTable.put(
        "torch.clamp",
        "input min max",
        g -> g.has("min") ? Torch.clamp(g.tensor("input")) : Torch.clampMax(g.tensor("input")));
    FunctionTable.put(
        "torch.softmax", "input dim", g -> Torch.softmax(g.tensor("input"), g.integer("dim")));
    binary("torch.matmul", Torch::matmul, null);
    binary("torch.mm", Torch::mm, null);
    binary("torch.bmm", Torch::bmm, null);
    binary("torch.mv", Torch::mv, null);
    binary("torch.dot", Torch::dot, null);
    FunctionTable.put(
        "torch.addmm",
        "input mat1 mat2",
        g -> Torch.addmm(g.tensor("input"), g.tensor("mat1"), g.tensor("mat2")));
    FunctionTable.put(
        "torch.baddbmm",
        "input mat1 mat2",
        g -> Torch.baddbmm(g.tensor("input"), g.tensor("mat1"), g.tensor("mat2")));
    FunctionTable.put(
        "torch.einsum",
        "equation operands*",
        g -> Torch.einsum(g.text("equation", ""), g.tensors("operands")));
    FunctionTable.put(
        "torch.mean", "input dim", g -> Torch.mean(g.tensor("input"), g.integers("dim")));
    FunctionTable.put(
        "torch.sum", "input dim", g -> Torch.sum(g.tensor("input"), g.integers("dim")));
    FunctionTable.put(
        "torch.where",
        "condition input other",
        g ->
            g.isTensor("input") && g.isTensor("other")
                ? Torch.where(g.tensor("input"), g.tensor("other"))
                : Torch.where(g.tensor("condition"), g.tensor("condition")));
    recurrent("torch.rnn_tanh", 1);
    recurrent("torch.gru", 3);
    recurrent("torch.lstm", 4);
    FunctionTable.put(
        "torch.gather", "input dim index", g -> Torch.gather(g.tensor("input"), g.tensor("index")));
  }

  /** A recurrent layer as the function that its module calls, with the module's arguments. */
  private static void recurrent(String name, int gates) {
    FunctionTable.put(
        name,
        "input input_size hidden_size num_layers bias batch_first bidirectional proj_size",
        g ->
            ViewFunctions.list(
                Recurrence.layer(
                    g.tensor("input"),
                    new RecurrentArguments(
                        g.integer("input_size"),
                        g.integer("hidden_size"),
                        g.integer("proj_size", 0),
                        g.integer("num_layers", 1),
                        g.flag("bidirectional", false),
                        g.flag("bias", true),
                        g.flag("batch_first", false),
                        gates,
                        false))));
  }

  private static void binary(
      String name,
      java.util.function.BinaryOperator<Tensor> both,
      java.util.function.@Nullable UnaryOperator<Tensor> number) {
    FunctionTable.put(
        name,
        "input other",
        g -> {
          if (g.isTensor("other") || number == null) {
            return both.apply(g.tensor("input"), g.tensor("other"));
          }
          return number.apply(g.tensor("input"));
        });
  }

  private static void unary(String name, java.util.function.UnaryOperator<Tensor> function) {
    FunctionTable.put(name, "input min max", g -> function.apply(g.tensor("input")));
  }

  private static void methods() {
    binary("Tensor.add", Tensor::add, x -> x.add(1));
    binary("Tensor.add_", Tensor::add_, x -> x.add_(1));
    binary("Tensor.mul", Tensor::mul, x -> x.mul(1));
    binary("Tensor.mul_", Tensor::mul_, null);
    binary("Tensor.div", Tensor::div, null);
    unary("Tensor.div_", x -> x.div_(1));
    binary("Tensor.matmul", Tensor::matmul, null);
    binary("Tensor.mm", Tensor::mm, null);
    binary("Tensor.bmm", Tensor::bmm, null);
    binary("operator.iadd", Tensor::plusAssign, x -> x.plusAssign(1));
    binary("operator.imul", Tensor::timesAssign, null);
    unary("Tensor.sqrt", Tensor::sqrt);
    unary("Tensor.rsqrt", Tensor::rsqrt);
    unary("Tensor.exp", Tensor::exp);
    unary("Tensor.abs", Tensor::abs);
    unary("Tensor.cos", Tensor::cos);
    unary("Tensor.sin", Tensor::sin);
    unary("Tensor.clamp", Tensor::clamp);
    unary("Tensor.sigmoid", Tensor::sigmoid);
    unary("Tensor.tanh", Tensor::tanh);
    unary("Tensor.relu", Tensor::relu);
    unary("Tensor.relu_", Tensor::relu_);
    FunctionTable.put(
        "Tensor.masked_fill", "input mask value", g -> g.tensor("input").maskedFill());
    unary("Tensor.zero_", Tensor::zero_);
    unary("Tensor.contiguous", Tensor::contiguous);
    unary("Tensor.clone", Tensor::copy);
    unary("Tensor.long", Tensor::toLong);
    unary("Tensor.float", Tensor::toFloat);
    unary("Tensor.to", Tensor::to);
    unary("Tensor.type_as", Tensor::typeAs);
    FunctionTable.put(
        "Tensor.pow", "input exponent", g -> g.tensor("input").pow(g.number("exponent", 2)));
    FunctionTable.put(
        "Tensor.softmax", "input dim", g -> g.tensor("input").softmax(g.integer("dim")));
    FunctionTable.put(
        "Tensor.mean",
        "input dim keepdim",
        g ->
            g.flag("keepdim", false)
                ? g.tensor("input").meanKeepingDims(g.integers("dim"))
                : g.tensor("input").mean(g.integers("dim")));
    FunctionTable.put("Tensor.sum", "input dim", g -> g.tensor("input").sum(g.integers("dim")));
    FunctionTable.put("Tensor.amax", "input dim", g -> g.tensor("input").amax(g.integers("dim")));
    FunctionTable.put("torch.roll", "input shifts dims", g -> Torch.roll(g.tensor("input")));
  }
}
