package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.Recurrence;
import org.whichflops.engine.tensor.RecurrentArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Functions of {@code torch} and methods of tensors that compute. */
final class TorchFunctions {
  static final String SIGNATURES =
      """
      torch.pow(input, exponent)
      torch.clamp(input, min, max)
      torch.softmax(input, dim)
      torch.matmul torch.mm torch.bmm torch.mv torch.dot(input, other)
      torch.addmm torch.baddbmm(input, mat1, mat2)
      torch.einsum(equation, *operands)
      torch.mean torch.sum torch.amax torch.amin(input, dim, keepdim)
      torch.norm Tensor.norm(input, p, dim, keepdim)
      torch.where(condition, input, other)
      torch.rnn_tanh torch.gru torch.lstm(input, input_size, hidden_size, num_layers, bias, batch_first, bidirectional, proj_size)
      torch.gather(input, dim, index)
      torch.roll(input, shifts, dims)
      Tensor.matmul Tensor.mm Tensor.bmm(input, other)
      operator.iadd operator.isub operator.imul operator.itruediv(input, other)
      Tensor.clamp Tensor.clamp_(input, min, max)
      Tensor.masked_fill(input, mask, value)
      Tensor.zero_ Tensor.long Tensor.float(input)
      Tensor.contiguous Tensor.clone(input, memory_format)
      Tensor.to(input, dtype, non_blocking)
      Tensor.type_as(input, other)
      Tensor.pow(input, exponent)
      Tensor.softmax(input, dim)
      Tensor.mean Tensor.sum Tensor.amax Tensor.amin(input, dim, keepdim)
      """;

  private TorchFunctions() {}

  /** What a function returns; null where there is none of that name. */
  static @Nullable Object call(String name, Given g) {
    return switch (name) {
      case "torch.pow" -> Torch.pow(x(g), g.number("exponent", 2));
      case "torch.clamp", "Tensor.clamp", "Tensor.clamp_" -> clamp(name, g);
      case "torch.softmax" -> Torch.softmax(x(g), g.integer("dim"));
      case "torch.matmul" -> Torch.matmul(x(g), y(g));
      case "torch.mm" -> Torch.mm(x(g), y(g));
      case "torch.bmm" -> Torch.bmm(x(g), y(g));
      case "torch.mv" -> Torch.mv(x(g), y(g));
      case "torch.dot" -> Torch.dot(x(g), y(g));
      case "torch.addmm" -> Torch.addmm(x(g), g.tensor("mat1"), g.tensor("mat2"));
      case "torch.baddbmm" -> Torch.baddbmm(x(g), g.tensor("mat1"), g.tensor("mat2"));
      case "torch.einsum" -> Torch.einsum(g.text("equation", ""), g.tensors("operands"));
      case "torch.mean", "Tensor.mean" -> reduced(name, "mean", g);
      case "torch.sum", "Tensor.sum" -> reduced(name, "sum", g);
      case "torch.amax", "Tensor.amax" -> reduced(name, "amax", g);
      case "torch.amin", "Tensor.amin" -> reduced(name, "amin", g);
      case "torch.norm", "Tensor.norm" -> norm(name, g);
      case "torch.where" -> where(g);
      case "torch.rnn_tanh" -> recurrent(g, 1);
      case "torch.gru" -> recurrent(g, 3);
      case "torch.lstm" -> recurrent(g, 4);
      case "torch.gather" -> Torch.gather(x(g), g.tensor("index"));
      case "torch.roll" -> Torch.roll(x(g));
      case "operator.iadd", "operator.isub", "operator.imul", "operator.itruediv" ->
          Operators.inPlace(name.substring("operator.".length()), x(g), g.tensorOrNumber("other"));
      default -> method(name, g);
    };
  }

  private static @Nullable Object method(String name, Given g) {
    return switch (name) {
      case "Tensor.matmul" -> x(g).matmul(y(g));
      case "Tensor.mm" -> x(g).mm(y(g));
      case "Tensor.bmm" -> x(g).bmm(y(g));
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
      default -> null;
    };
  }

  private static Tensor where(Given g) {
    List<Tensor> choices = new ArrayList<>(2);
    for (String name : List.of("input", "other")) {
      Tensor choice = g.tensorOrNumber(name);
      if (choice != null) {
        choices.add(choice);
      }
    }
    return Torch.where(g.tensor("condition"), choices.toArray(Tensor[]::new));
  }

  private static Tensor clamp(String name, Given g) {
    if (!g.has("min") && !g.has("max")) {
      throw g.error("it needs 'min' or 'max'");
    }
    boolean both = g.has("min") && g.has("max");
    return Observed.elementwise(name, operator(both ? "clamp" : "clamp[one bound]"), x(g));
  }

  private static Tensor norm(String name, Given g) {
    if (g.number("p", 2) != 2) {
      throw g.error("p is 2: what other norms run is not known");
    }
    return reduced(name, "linalg_vector_norm", g);
  }

  private static Tensor reduced(String name, String operator, Given g) {
    return Observed.reduced(
        name, operator(operator), x(g), g.integers("dim"), g.flag("keepdim", false));
  }

  private static Operator operator(String name) {
    return Objects.requireNonNull(Observed.operator(name), name);
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
