package org.whichflops.format.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.format.json.Json;

/** One call of an operation of {@code keras.ops}, or of a Python operator on a tensor. */
final class Operation extends KerasModule {
  private static final Map<String, String> BINARY =
      Map.ofEntries(
          Map.entry("subtract", "Sub"),
          Map.entry("multiply", "Mul"),
          Map.entry("divide", "RealDiv"),
          Map.entry("truedivide", "RealDiv"),
          Map.entry("power", "Pow"),
          Map.entry("maximum", "Maximum"),
          Map.entry("minimum", "Minimum"),
          Map.entry("notequal", "NotEqual"),
          Map.entry("equal", "Equal"),
          Map.entry("less", "Less"),
          Map.entry("lessequal", "LessEqual"),
          Map.entry("greater", "Greater"),
          Map.entry("greaterequal", "GreaterEqual"));
  private static final Map<String, String> UNARY =
      Map.of(
          "negative", "Neg",
          "square", "Square",
          "sqrt", "Sqrt",
          "rsqrt", "Rsqrt",
          "exp", "Exp",
          "log", "Log",
          "absolute", "Abs",
          "abs", "Abs",
          "cast", "Cast",
          "copy", "Identity");
  private static final Map<String, String> REDUCTIONS =
      Map.of("mean", "Mean", "sum", "Sum", "max", "Max", "min", "Min");
  private static final Set<String> OTHERS =
      Set.of(
          "add",
          "matmul",
          "einsum",
          "concatenate",
          "stack",
          "reshape",
          "transpose",
          "expanddims",
          "squeeze",
          "getitem",
          "swapaxes",
          "flip",
          "softmax");

  private final String name;
  private final List<Json> operands = new ArrayList<>();

  Operation(LayerSpec spec, Json call) {
    super(spec);
    name = name(spec);
    operands.addAll(call.at("args").items());
  }

  private static String name(LayerSpec spec) {
    return spec.className().toLowerCase(Locale.ROOT);
  }

  /** Whether it is an operation as Keras 2 wrote it, with its meaning in a function's name. */
  static boolean isOld(LayerSpec spec) {
    return spec.className().equals("TFOpLambda") || spec.className().equals("TensorFlowOpLayer");
  }

  /** Whether the operation is known. */
  static boolean knows(LayerSpec spec, Json call) {
    String name = name(spec);
    return call.isObject()
        && (BINARY.containsKey(name)
            || UNARY.containsKey(name)
            || REDUCTIONS.containsKey(name)
            || OTHERS.contains(name)
            || activation(name) != null);
  }

  private static @Nullable KerasActivation activation(String name) {
    return switch (name) {
      case "leakyrelu" -> KerasActivation.named("leaky_relu");
      case "hardsigmoid" -> KerasActivation.named("hard_sigmoid");
      case "hardsilu" -> KerasActivation.named("hard_silu");
      case "logsigmoid" -> KerasActivation.named("log_sigmoid");
      case "softmax" -> null;
      default -> KerasActivation.named(name);
    };
  }

  @Override
  Tensor[] run(Tensor[] inputs) {
    if (inputs.length == 0) {
      throw refuses("a tensor", inputs);
    }
    return new Tensor[] {one(inputs)};
  }

  private Tensor one(Tensor[] inputs) {
    Tensor x = inputs[0];
    KerasActivation activation = activation(name);
    if (activation != null) {
      return activation.of(x);
    }
    if (BINARY.containsKey(name) || name.equals("add")) {
      return binary(inputs);
    }
    if (UNARY.containsKey(name)) {
      return Tf.node(UNARY.getOrDefault(name, "Identity"), unary(x), x);
    }
    if (REDUCTIONS.containsKey(name)) {
      return Tf.node(REDUCTIONS.getOrDefault(name, "Mean"), reduced(x), x);
    }
    return switch (name) {
      case "matmul" -> product(inputs);
      case "einsum" -> einsum(inputs);
      case "softmax" -> Tf.node("Softmax", F.softmax(x, axis("axis", -1)), x);
      case "concatenate" -> Tf.node("ConcatV2", Torch.cat(axis("axis", 0), inputs), inputs);
      case "stack" -> Tf.node("Pack", Torch.stack(axis("axis", 0), inputs), inputs);
      case "reshape" -> Tf.node("Reshape", x.reshape(sizes(x)), x);
      case "transpose" -> Tf.node("Transpose", Torch.permute(x, order(x)), x);
      case "swapaxes" ->
          Tf.node("Transpose", Torch.swapaxes(x, axis("axis1", 0), axis("axis2", 1)), x);
      case "expanddims" -> Tf.node("ExpandDims", x.unsqueeze(axis("axis", 0)), x);
      case "squeeze" -> Tf.node("Squeeze", x.squeeze(axis("axis", -1)), x);
      case "flip" -> Tf.node("ReverseV2", Torch.roll(x), x);
      default -> Tf.node("StridedSlice", subscript(x), x);
    };
  }

  private Tensor binary(Tensor[] inputs) {
    Tensor x = inputs[0];
    Tensor y;
    if (inputs.length == 2) {
      Tensor x2 = inputs[1];
      y =
          switch (name) {
            case "add" -> x.plus(x2);
            case "subtract" -> x.minus(x2);
            case "multiply" -> x.times(x2);
            case "divide", "truedivide" -> x.over(x2);
            default -> Torch.maximum(x, x2);
          };
      return name.equals("add")
          ? Tf.add(y, x, x2)
          : Tf.node(BINARY.getOrDefault(name, "Sub"), y, x, x2);
    }
    Json number =
        operands.size() < 2 ? null : operands.get(Reference.isTensor(operands.get(0)) ? 1 : 0);
    y =
        switch (name) {
          case "add" -> x.plus(1);
          case "subtract" -> x.minus(1);
          case "multiply" -> x.times(1);
          case "divide", "truedivide" -> x.over(1);
          case "power" -> x.pow(number != null && number.isNumber() ? number.number() : 1);
          case "maximum", "minimum" -> x.clamp();
          default -> x.notEqualTo(0);
        };
    return Tf.node(name.equals("add") ? "AddV2" : BINARY.getOrDefault(name, "Sub"), y, x);
  }

  private Tensor unary(Tensor x) {
    return switch (name) {
      case "negative" -> x.negated();
      case "square" -> x.pow2();
      case "sqrt" -> x.sqrt();
      case "rsqrt" -> x.rsqrt();
      case "exp" -> x.exp();
      case "log" -> Torch.log(x);
      case "absolute", "abs" -> x.abs();
      default -> x.to();
    };
  }

  private Tensor reduced(Tensor x) {
    Json axis = config().get("axis");
    int[] dims =
        axis == null
            ? new int[0]
            : axis.isArray()
                ? axis.items().stream().mapToInt(Operation::dim).toArray()
                : new int[] {dim(axis)};
    boolean keep = config().flag("keepdims", false);
    if (name.equals("mean")) {
      return keep ? x.meanKeepingDims(dims) : x.mean(dims);
    }
    Tensor y = name.equals("sum") ? x.sum(dims) : x.amax(dims);
    if (!keep) {
      return y;
    }
    long[] sizes = x.shape().sizes();
    for (int dim : dims) {
      sizes[dim < 0 ? dim + sizes.length : dim] = 1;
    }
    if (dims.length == 0) {
      java.util.Arrays.fill(sizes, 1);
    }
    return y.reshape(sizes);
  }

  private Tensor product(Tensor[] inputs) {
    if (inputs.length != 2) {
      throw refuses("two tensors", inputs);
    }
    Tensor y = Torch.matmul(inputs[0], inputs[1]);
    // keras/src/backend/tensorflow/numpy.py, matmul: a matrix on the right goes through tensordot
    boolean plain = inputs[1].rank() <= 2;
    return Tf.node(plain ? "MatMul" : "BatchMatMulV2", y, inputs[0], inputs[1]);
  }

  private Tensor einsum(Tensor[] inputs) {
    String equation = config().at("subscripts").text().replace(" ", "");
    Tensor y = Torch.einsum(equation, inputs);
    int comma = equation.indexOf(',');
    int arrow = equation.indexOf("->");
    if (inputs.length == 2 && comma > 0 && arrow > comma) {
      EinsumNodes.add(
          equation.substring(0, comma),
          equation.substring(comma + 1, arrow),
          equation.substring(arrow + 2),
          y,
          inputs[0],
          inputs[1]);
      return y;
    }
    return Tf.node("Einsum", y, inputs);
  }

  private static int dim(Json axis) {
    return (int) Math.max(-99, Math.min(99, axis.whole()));
  }

  private int axis(String key, int fallback) {
    Json given = config().get(key);
    return given == null
        ? fallback
        : dim(given.isArray() && !given.items().isEmpty() ? given.items().get(0) : given);
  }

  private long[] sizes(Tensor x) {
    List<Json> given = config().at("newshape").items();
    long[] sizes = new long[given.size()];
    boolean open = false;
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = given.get(i).isNull() ? -1 : given.get(i).whole();
      open |= sizes[i] == -1;
    }
    if (!open && sizes.length > 0 && x.rank() > 0) {
      sizes[0] = -1; // the batch it was written with
    }
    return sizes;
  }

  private int[] order(Tensor x) {
    Json axes = config().get("axes");
    int[] order = new int[x.rank()];
    for (int i = 0; i < order.length; i++) {
      order[i] = axes == null ? order.length - 1 - i : dim(item(axes, i, order.length));
    }
    return order;
  }

  private static Json item(Json array, int i, int count) {
    if (array.items().size() != count) {
      throw array.error("expected %d axes but there are %d".formatted(count, array.items().size()));
    }
    return array.items().get(i);
  }

  private Tensor subscript(Tensor x) {
    Json index = operands.size() > 1 ? operands.get(1) : null;
    if (index == null) {
      throw config().error("a subscript without an index");
    }
    List<Json> given = index.isArray() ? index.items() : List.of(index);
    return x.get(given.stream().map(Operation::part).toArray(Index[]::new));
  }

  private static Index part(Json part) {
    if (part.isNull()) {
      return Index.NEW;
    }
    if (part.isWhole()) {
      return Index.at(part.whole());
    }
    if (part.at("class_name").text().equals("__ellipsis__")) {
      return Index.REST;
    }
    Json slice = part.at("config");
    Json start = slice.get("start");
    Json stop = slice.get("stop");
    Json step = slice.get("step");
    return new Index(
        Index.Kind.RANGE,
        start == null ? 0 : start.whole(),
        stop == null ? Long.MAX_VALUE : stop.whole(),
        step == null ? 1 : step.whole(1));
  }
}
