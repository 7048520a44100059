package org.whichflops.format.description;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Recurrence;
import org.whichflops.engine.tensor.RecurrentArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Functions of {@code torch} and methods of tensors that compute. */
final class TorchFunctions {
  static final String SIGNATURES =
      """
      torch.add torch.sub torch.mul torch.div torch.maximum(input, other)
      torch.relu torch.sigmoid torch.tanh(input)
      torch.sqrt torch.rsqrt torch.exp torch.log torch.abs torch.sign(input)
      torch.pow(input, exponent)
      torch.clamp(input, min, max)
      torch.softmax(input, dim)
      torch.matmul torch.mm torch.bmm torch.mv torch.dot(input, other)
      torch.addmm torch.baddbmm(input, mat1, mat2)
      torch.einsum(equation, *operands)
      torch.mean torch.sum(input, dim)
      torch.where(condition, input, other)
      torch.rnn_tanh torch.gru torch.lstm(input, input_size, hidden_size, num_layers, bias, batch_first, bidirectional, proj_size)
      torch.gather(input, dim, index)
      torch.roll(input, shifts, dims)
      Tensor.add Tensor.add_ Tensor.mul Tensor.mul_ Tensor.div Tensor.div_(input, other)
      Tensor.matmul Tensor.mm Tensor.bmm(input, other)
      operator.iadd operator.imul(input, other)
      Tensor.sqrt Tensor.rsqrt Tensor.exp Tensor.abs Tensor.cos Tensor.sin(input)
      Tensor.sigmoid Tensor.tanh Tensor.relu Tensor.relu_(input)
      Tensor.clamp(input, min, max)
      Tensor.masked_fill(input, mask, value)
      Tensor.zero_ Tensor.long Tensor.float(input)
      Tensor.contiguous Tensor.clone(input, memory_format)
      Tensor.to(input, dtype, non_blocking)
      Tensor.type_as(input, other)
      Tensor.pow(input, exponent)
      Tensor.softmax(input, dim)
      Tensor.mean(input, dim, keepdim)
      Tensor.sum Tensor.amax(input, dim)
      """;

  private TorchFunctions() {}

  /** What a function returns; null where there is none of that name. */
  static @Nullable Object call(String name, Given g) {
    return switch (name) {
      case "torch.add" -> g.isTensor("other") ? Torch.add(x(g), y(g)) : Torch.add(x(g), 1);
      case "torch.mul" -> g.isTensor("other") ? Torch.mul(x(g), y(g)) : Torch.mul(x(g), 1);
      case "torch.div" -> g.isTensor("other") ? Torch.div(x(g), y(g)) : Torch.div(x(g), 1);
      case "torch.sub" -> Torch.sub(x(g), y(g));
      case "torch.maximum" -> Torch.maximum(x(g), y(g));
      case "torch.relu" -> Torch.relu(x(g));
      case "torch.sigmoid" -> Torch.sigmoid(x(g));
      case "torch.tanh" -> Torch.tanh(x(g));
      case "torch.sqrt" -> Torch.sqrt(x(g));
      case "torch.rsqrt" -> Torch.rsqrt(x(g));
      case "torch.exp" -> Torch.exp(x(g));
      case "torch.log" -> Torch.log(x(g));
      case "torch.abs" -> Torch.abs(x(g));
      case "torch.sign" -> Torch.sign(x(g));
      case "torch.pow" -> Torch.pow(x(g), g.number("exponent", 2));
      case "torch.clamp" -> g.has("min") ? Torch.clamp(x(g)) : Torch.clampMax(x(g));
      case "torch.softmax" -> Torch.softmax(x(g), g.integer("dim"));
      case "torch.matmul" -> Torch.matmul(x(g), y(g));
      case "torch.mm" -> Torch.mm(x(g), y(g));
      case "torch.bmm" -> Torch.bmm(x(g), y(g));
      case "torch.mv" -> Torch.mv(x(g), y(g));
      case "torch.dot" -> Torch.dot(x(g), y(g));
      case "torch.addmm" -> Torch.addmm(x(g), g.tensor("mat1"), g.tensor("mat2"));
      case "torch.baddbmm" -> Torch.baddbmm(x(g), g.tensor("mat1"), g.tensor("mat2"));
      case "torch.einsum" -> Torch.einsum(g.text("equation", ""), g.tensors("operands"));
      case "torch.mean" -> Torch.mean(x(g), g.integers("dim"));
      case "torch.sum" -> Torch.sum(x(g), g.integers("dim"));
      case "torch.where" ->
          g.isTensor("input") && g.isTensor("other")
              ? Torch.where(x(g), y(g))
              : Torch.where(g.tensor("condition"), g.tensor("condition"));
      case "torch.rnn_tanh" -> recurrent(g, 1);
      case "torch.gru" -> recurrent(g, 3);
      case "torch.lstm" -> recurrent(g, 4);
      case "torch.gather" -> Torch.gather(x(g), g.tensor("index"));
      case "torch.roll" -> Torch.roll(x(g));
      case "operator.iadd" -> g.isTensor("other") ? x(g).plusAssign(y(g)) : x(g).plusAssign(1);
      case "operator.imul" -> x(g).timesAssign(y(g));
      default -> method(name, g);
    };
  }

  private static @Nullable Object method(String name, Given g) {
    return switch (name) {
      case "Tensor.add" -> g.isTensor("other") ? x(g).add(y(g)) : x(g).add(1);
      case "Tensor.add_" -> g.isTensor("other") ? x(g).add_(y(g)) : x(g).add_(1);
      case "Tensor.mul" -> g.isTensor("other") ? x(g).mul(y(g)) : x(g).mul(1);
      case "Tensor.mul_" -> x(g).mul_(y(g));
      case "Tensor.div" -> x(g).div(y(g));
      case "Tensor.div_" -> x(g).div_(1);
      case "Tensor.matmul" -> x(g).matmul(y(g));
      case "Tensor.mm" -> x(g).mm(y(g));
      case "Tensor.bmm" -> x(g).bmm(y(g));
      case "Tensor.sqrt" -> x(g).sqrt();
      case "Tensor.rsqrt" -> x(g).rsqrt();
      case "Tensor.exp" -> x(g).exp();
      case "Tensor.abs" -> x(g).abs();
      case "Tensor.cos" -> x(g).cos();
      case "Tensor.sin" -> x(g).sin();
      case "Tensor.clamp" -> x(g).clamp();
      case "Tensor.sigmoid" -> x(g).sigmoid();
      case "Tensor.tanh" -> x(g).tanh();
      case "Tensor.relu" -> x(g).relu();
      case "Tensor.relu_" -> x(g).relu_();
      case "Tensor.masked_fill" -> x(g).maskedFill();
      case "Tensor.zero_" -> x(g).zero_();
      case "Tensor.contiguous" -> x(g).contiguous();
      case "Tensor.clone" -> x(g).copy();
      case "Tensor.long" -> x(g).toLong();
      case "Tensor.float" -> x(g).toFloat();
      case "Tensor.to" -> x(g).to();
      case "Tensor.type_as" -> x(g).typeAs();
      case "Tensor.pow" -> x(g).pow(g.number("exponent", 2));
      case "Tensor.softmax" -> x(g).softmax(g.integer("dim"));
      case "Tensor.mean" ->
          g.flag("keepdim", false)
              ? x(g).meanKeepingDims(g.integers("dim"))
              : x(g).mean(g.integers("dim"));
      case "Tensor.sum" -> x(g).sum(g.integers("dim"));
      case "Tensor.amax" -> x(g).amax(g.integers("dim"));
      default -> null;
    };
  }

  private static Tensor x(Given g) {
    return g.tensor("input");
  }

  private static Tensor y(Given g) {
    return g.tensor("other");
  }

  /** A recurrent layer as the function that its module calls, with the module's arguments. */
  private static List<Tensor> recurrent(Given g, int gates) {
    return ViewFunctions.list(
        Recurrence.layer(
            x(g),
            new RecurrentArguments(
                g.integer("input_size"),
                g.integer("hidden_size"),
                g.integer("proj_size", 0),
                g.integer("num_layers", 1),
                g.flag("bidirectional", false),
                g.flag("bias", true),
                g.flag("batch_first", false),
                gates,
                false)));
  }
}
