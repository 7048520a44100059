package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Operator;

/**
 * Makes a step of a function call. What an export to core ATen took apart is put together again: a
 * hardswish is one hardswish, not an addition, two clamps, a product and a division.
 */
final class Groups {
  /** Functions of one tensor, element by element, with the engine's operator of that name. */
  private static final Set<String> ACTIVATIONS =
      Set.of(
          ("F.relu F.relu6 F.hardtanh F.leaky_relu F.elu F.selu F.celu F.gelu F.silu F.mish "
                  + "F.hardswish F.hardsigmoid F.softplus F.softsign F.hardshrink F.softshrink "
                  + "F.tanhshrink F.threshold")
              .split(" "));

  private static final Set<String> DROPOUTS =
      Set.of("F.dropout", "F.dropout1d", "F.dropout2d", "F.dropout3d", "F.alpha_dropout");

  private final Values values;
  private final Operators operators;
  private final Border border;

  Groups(Values values, Operators operators, Border border) {
    this.values = values;
    this.operators = operators;
    this.border = border;
  }

  /** The step of a call. */
  Step step(CallTree.Group group) {
    Step whole = whole(group);
    if (whole != null) {
      return whole;
    }
    List<Program.Node> nodes = group.nodes();
    if (nodes.size() == 1) {
      return operators.step(nodes.get(0), group.function());
    }
    List<Step> inside = new ArrayList<>();
    for (Program.Node node : nodes) {
      inside.add(operators.step(node, ""));
    }
    if (group.function().isEmpty()) {
      return new Sequence(inside);
    }
    return functionOfMany(group, inside);
  }

  /** Steps one after the other. */
  private record Sequence(List<Step> steps) implements Step {
    @Override
    public void run(Run run) {
      for (Step step : steps) {
        step.run(run);
      }
    }
  }

  /** A function that fell apart into operators, of which the engine knows no more. */
  private Step functionOfMany(CallTree.Group group, List<Step> inside) {
    Function function = Function.named(group.function());
    int[] inputs = values.slots(border.inputs(group.nodes()));
    int[] outputs = values.slots(border.outputs(group.nodes()));
    return run ->
        Observed.call(
            run.pass(),
            function,
            run.tensors(inputs),
            () -> {
              inside.forEach(step -> step.run(run));
              return run.tensors(outputs);
            });
  }

  /** The one call that the nodes came from; null where they stay what they are. */
  private @Nullable Step whole(CallTree.Group group) {
    List<Program.Node> nodes = group.nodes();
    String function = group.function();
    Program.Node first = nodes.get(0);
    if (nodes.size() == 1 && function.endsWith("." + plain(first.operator()))) {
      return null;
    }
    List<String> given = border.givenInputs(nodes);
    List<String> made = border.outputs(nodes);
    if (given.isEmpty() || made.size() != 1) {
      return null;
    }
    int x = values.slot(given.get(0));
    Run.Output y = values.output(made.get(0));
    for (Program.Node node : nodes) {
      if (function.endsWith("." + plain(node.operator()))) {
        return null; // it did not fall apart
      }
    }
    NodeReader reader = new NodeReader(first, values);
    if (ACTIVATIONS.contains(function) && given.size() == 1) {
      return activation(function, x, y);
    }
    if (DROPOUTS.contains(function) && nodes.size() == 1) {
      return observed(function, "dropout", x, y);
    }
    if (Recurrences.gates(function) > 0 && nodes.size() > 1) {
      return new UnrolledRecurrence(values, border).step(group);
    }
    return switch (function) {
      case "F.linear" -> linear(reader, nodes, x, y);
      case "F.bilinear" -> bilinear(reader, nodes, given, y);
      case "F.normalize" -> normalize(nodes, x, y);
      case "torch.matmul", "Tensor.matmul", "Tensor.__matmul__" ->
          matmul(function, border.inputs(nodes), y);
      case "F.scaled_dot_product_attention" ->
          given.size() < 3
              ? null
              : Products.attention(
                  x, values.slot(given.get(1)), values.slot(given.get(2)), given.size() > 3, y);
      case "F.instance_norm" ->
          Normalizations.instance(reader, x, !border.ownedInputs(nodes).isEmpty(), y);
      case "F.adaptive_avg_pool1d", "F.adaptive_avg_pool2d", "F.adaptive_avg_pool3d" ->
          adaptivePool(Pools.dims(function), x, y);
      case "F.avg_pool1d", "F.max_pool1d" -> pool(nodes, x, y);
      case "F.lp_pool1d", "F.lp_pool2d", "F.lp_pool3d" -> {
        NodeReader mean = find(nodes, "avg_pool");
        yield mean == null ? null : Pools.powers(mean, Pools.dims(function), x, y);
      }
      case "F.local_response_norm" -> {
        NodeReader mean = find(nodes, "avg_pool");
        yield mean == null ? null : Normalizations.localResponse(mean, x, y);
      }
      case "F.interpolate" -> find(nodes, "adaptive_avg_pool") == null ? null : Pools.area(x, y);
      default -> null;
    };
  }

  /** The first node whose operator's name begins in one of these ways. */
  private @Nullable NodeReader find(List<Program.Node> nodes, String... beginnings) {
    for (Program.Node node : nodes) {
      for (String beginning : beginnings) {
        if (node.operator().startsWith(beginning)) {
          return new NodeReader(node, values);
        }
      }
    }
    return null;
  }

  private @Nullable Step matmul(String function, List<String> inputs, Run.Output y) {
    return inputs.size() > 2
        ? null
        : Products.matmul(
            function, values.slot(inputs.get(0)), values.slot(inputs.get(inputs.size() - 1)), y);
  }

  private static String plain(String operator) {
    String name = operator.startsWith("_") ? operator.substring(1) : operator;
    return name.endsWith("_") ? name.substring(0, name.length() - 1) : name;
  }

  private @Nullable Step activation(String function, int x, Run.Output y) {
    return observed(function, function.substring(2), x, y);
  }

  private static @Nullable Step observed(String function, String name, int x, Run.Output y) {
    Operator operator = Observed.operator(name);
    return operator == null
        ? null
        : new ObservedStep(
            Function.named(function),
            operator,
            Observed.ELEMENTWISE,
            new int[] {x},
            new Run.Output[] {y});
  }

  /** A permuted weight, then addmm with a bias or mm without. */
  private @Nullable Step linear(NodeReader reader, List<Program.Node> nodes, int x, Run.Output y) {
    String weight = null;
    int bias = -1;
    for (String name : border.ownedInputs(nodes)) {
      if (values.value(name).sizes().size() == 2) {
        weight = name;
      } else {
        bias = values.slot(name);
      }
    }
    return weight == null ? null : Products.linear(reader, x, weight, bias, y);
  }

  private @Nullable Step bilinear(
      NodeReader reader, List<Program.Node> nodes, List<String> given, Run.Output y) {
    String weight = null;
    int bias = -1;
    for (String name : border.ownedInputs(nodes)) {
      if (values.value(name).sizes().size() == 3) {
        weight = name;
      } else {
        bias = values.slot(name);
      }
    }
    return weight == null || given.size() > 2
        ? null
        : Products.bilinear(
            reader,
            values.slot(given.get(0)),
            values.slot(given.get(given.size() - 1)),
            weight,
            bias,
            y);
  }

  /** The dimension is the one that the norm is taken over. */
  private @Nullable Step normalize(List<Program.Node> nodes, int x, Run.Output y) {
    for (Program.Node node : nodes) {
      NodeReader reader = new NodeReader(node, values);
      if (node.operator().equals("linalg_vector_norm") && reader.sizes("dim").size() == 1) {
        int dim = reader.small("dim", 1);
        return FunctionStep.of(y, (run, a) -> F.normalize(run.tensor(x), dim));
      }
    }
    return null;
  }

  private static Step adaptivePool(int dims, int x, Run.Output y) {
    List<SizeExpr> sizes = y.value().sizes();
    NodeReader.Made<AdaptivePoolingArguments> arguments =
        symbols -> {
          int[] out = new int[dims];
          for (int i = 0; i < dims; i++) {
            out[i] = Math.toIntExact(sizes.get(sizes.size() - dims + i).at(symbols));
          }
          return new AdaptivePoolingArguments(dims, Extents.of(out));
        };
    return FunctionStep.of(arguments, y, (run, a) -> F.adaptiveAvgPool(run.tensor(x), a));
  }

  /** A pooling over one dimension is exported as one over two, the first of them 1 wide. */
  private @Nullable Step pool(List<Program.Node> nodes, int x, Run.Output y) {
    NodeReader window = find(nodes, "max_pool2d", "avg_pool2d");
    return window == null ? null : Pools.sliding(window, 1, x, y);
  }
}
