package org.whichflops.format.onnx;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.Tensor;

/** Operators of one tensor that work element by element. */
final class ElementwiseOperations {
  private static final Calls DIV = Calls.elementwise("Tensor.__truediv__", "div");
  private static final Calls ADD = Calls.elementwise("Tensor.__add__", "add");
  private static final Calls SUB = Calls.elementwise("Tensor.__sub__", "sub");
  private static final Calls MUL = Calls.elementwise("Tensor.__mul__", "mul");
  private static final Calls CLAMP = Calls.elementwise("torch.clamp", "clamp");
  private static final Calls CLAMP_MIN = Calls.elementwise("torch.clamp", "clamp_min");

  private ElementwiseOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "Relu" -> apply(Activations.RELU, x -> Math.max(x, 0));
      case "Sigmoid" -> apply(Activations.TORCH_SIGMOID, x -> 1 / (1 + Math.exp(-x)));
      case "Tanh" -> apply(Activations.TORCH_TANH, Math::tanh);
      case "LeakyRelu" -> apply(Activations.LEAKY_RELU, null);
      case "ThresholdedRelu" -> apply(Activations.THRESHOLD, null);
      case "Elu" -> apply(Activations.ELU, null);
      case "Selu" -> apply(Activations.SELU, null);
      case "Celu" -> apply(Activations.CELU, null);
      case "HardSigmoid" -> apply(Activations.HARDSIGMOID, null);
      case "HardSwish", Fusion.HARDSWISH -> apply(Activations.HARDSWISH, null);
      case "Softplus" -> apply(Activations.SOFTPLUS, null);
      case "Softsign" -> apply(Activations.SOFTSIGN, null);
      case "Swish", Fusion.SILU -> apply(Activations.SILU, null);
      case "Mish" -> apply(Activations.MISH, null);
      case Fusion.GELU -> apply(Activations.GELU, null);
      case "Gelu" ->
          node ->
              (node.text("approximate", "none").equals("tanh")
                      ? apply(Activations.GELU_TANH, null)
                      : apply(Activations.GELU, null))
                  .run(node);
      case "Shrink" ->
          node ->
              apply(
                      node.real("bias", 0) == 0 ? Activations.HARDSHRINK : Activations.SOFTSHRINK,
                      null)
                  .run(node);
      case "Sqrt" -> function("torch.sqrt", "sqrt", Math::sqrt);
      case "Exp" -> function("torch.exp", "exp", Math::exp);
      case "Log" -> function("torch.log", "log", Math::log);
      case "Sin" -> function("torch.sin", "sin", Math::sin);
      case "Cos" -> function("torch.cos", "cos", Math::cos);
      case "Abs" -> function("torch.abs", "abs", Math::abs);
      case "Neg" -> function("Tensor.__neg__", "neg", x -> -x);
      case "Sign" -> function("torch.sign", "sign", Math::signum);
      case "Erf" -> function("torch.erf", "erf", null);
      case "Reciprocal" -> function("torch.reciprocal", "reciprocal", x -> 1 / x);
      case "Floor" -> function("torch.floor", "floor", Math::floor);
      case "Ceil" -> function("torch.ceil", "ceil", Math::ceil);
      case "Round" -> function("torch.round", "round", Math::rint);
      case "Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh" -> special(op);
      case "Clip" -> ElementwiseOperations::clip;
      case "Not" -> node -> truth(node, true);
      case "IsNaN", "IsInf" -> node -> truth(node, false);
      case "BitwiseNot", "Bernoulli" -> ElementwiseOperations::same;
      case "Identity" -> node -> node.output(node.input(0));
      case "Cast" -> node -> cast(node, ElementType.of(node.integer("to", 0)));
      case "CastLike" -> node -> cast(node, node.input(1).type());
      case "Dropout" -> ElementwiseOperations::dropout;
      case "QuantizeLinear" -> ElementwiseOperations::quantize;
      case "DequantizeLinear" -> ElementwiseOperations::dequantize;
      case "DynamicQuantizeLinear" -> ElementwiseOperations::dynamicQuantize;
      default -> null;
    };
  }

  private static Operation apply(Activations function, @Nullable DoubleUnaryOperator folded) {
    return node -> {
      Value x = node.input(0);
      if (x.computes()) {
        node.output(function.of(node.tensor(0)));
      } else {
        fold(node, x, folded);
      }
    };
  }

  private static Operation function(
      String function, String operator, @Nullable DoubleUnaryOperator folded) {
    Calls calls = Calls.elementwise(function, operator);
    return node -> {
      Value x = node.input(0);
      if (x.computes()) {
        node.output(on(node, calls, node.tensor(0)));
      } else {
        fold(node, x, folded);
      }
    };
  }

  /** A function that PyTorch calls as ONNX does, in small letters. */
  private static Operation special(String op) {
    String name = op.toLowerCase(Locale.ROOT);
    return function("torch." + name, name, null);
  }

  /** A function of one tensor, or of a tensor and a number, as a call. */
  static Tensor on(NodeRun node, Calls calls, Tensor x) {
    Tensor y = org.whichflops.engine.tensor.Observed.tensor(node.pass(), x.shape());
    return calls.call(node.pass(), new Tensor[] {x}, y);
  }

  private static void fold(NodeRun node, Value x, @Nullable DoubleUnaryOperator folded) {
    Numbers numbers = x.numbers();
    Numbers result = null;
    if (numbers != null && folded != null) {
      double[] real = new double[numbers.count()];
      long[] whole = new long[numbers.count()];
      for (int i = 0; i < real.length; i++) {
        real[i] = folded.applyAsDouble(numbers.real(i));
        whole[i] = node.node().op().equals("Neg") ? -numbers.whole(i) : (long) real[i];
      }
      result = numbers.isReal() ? Numbers.of(real) : Numbers.of(whole);
    }
    node.output(x.live() ? node.result(x.type(), x.sizes()) : x.as(x.type(), result));
  }

  /** Sizes and type stay, and nothing is computed that is counted. */
  private static void same(NodeRun node) {
    node.output(node.result(node.input(0).type(), node.input(0).sizes()));
  }

  private static void truth(NodeRun node, boolean negated) {
    Value x = node.input(0);
    Numbers numbers = x.numbers();
    if (x.live() || numbers == null) {
      node.output(node.result(ElementType.BOOL, x.sizes()));
      return;
    }
    long[] truth = new long[numbers.count()];
    for (int i = 0; i < truth.length; i++) {
      double number = numbers.real(i);
      boolean holds =
          negated
              ? numbers.whole(i) == 0
              : node.node().is("IsNaN") ? Double.isNaN(number) : Double.isInfinite(number);
      truth[i] = holds ? 1 : 0;
    }
    node.output(Value.constant(ElementType.BOOL, x.sizes(), Numbers.of(truth)));
  }

  private static void cast(NodeRun node, ElementType to) {
    Value x = node.input(0);
    if (x.live()) {
      // Between two formats of real numbers nothing is computed.
      node.output(Value.live(to, node.tensor(0)));
      return;
    }
    Numbers numbers = x.numbers();
    Numbers converted = null;
    if (numbers != null && to.whole()) {
      long[] whole = numbers.whole();
      for (int i = 0; i < whole.length && to == ElementType.BOOL; i++) {
        whole[i] = numbers.real(i) != 0 ? 1 : 0;
      }
      converted = Numbers.of(whole);
    } else if (numbers != null && to.real()) {
      double[] real = new double[numbers.count()];
      for (int i = 0; i < real.length; i++) {
        real[i] = numbers.real(i);
      }
      converted = Numbers.of(real);
    }
    node.output(x.as(to, converted));
  }

  /** nn.ReLU6 and nn.Hardtanh have both bounds, and call F.hardtanh. */
  private static void clip(NodeRun node) {
    Value x = node.input(0);
    boolean low = node.has(1) || node.attribute("min") != null;
    boolean high = node.has(2) || node.attribute("max") != null;
    if (!x.computes()) {
      Numbers numbers = x.numbers();
      Numbers clipped = null;
      if (numbers != null) {
        double from = low ? bound(node, 1, "min") : Double.NEGATIVE_INFINITY;
        double to = high ? bound(node, 2, "max") : Double.POSITIVE_INFINITY;
        double[] real = new double[numbers.count()];
        long[] whole = new long[numbers.count()];
        for (int i = 0; i < real.length; i++) {
          real[i] = Math.min(Math.max(numbers.real(i), from), to);
          whole[i] = real[i] == numbers.real(i) ? numbers.whole(i) : (long) real[i];
        }
        clipped = numbers.isReal() ? Numbers.of(real) : Numbers.of(whole);
      }
      node.output(x.live() ? node.result(x.type(), x.sizes()) : x.as(x.type(), clipped));
    } else if (low && high) {
      node.output(Activations.HARDTANH.of(node.tensor(0)));
    } else if (low || high) {
      node.output(on(node, CLAMP_MIN, node.tensor(0)));
    } else {
      node.output(x);
    }
  }

  private static double bound(NodeRun node, int i, String attribute) {
    return node.has(i) ? node.numbers(i).real(0) : node.real(attribute, 0);
  }

  private static void dropout(NodeRun node) {
    Value x = node.input(0);
    node.moved(Move.DROPOUT, x, x.sizes(), x.numbers());
    if (node.wants(1)) {
      node.output(1, node.result(ElementType.BOOL, x.sizes()));
    }
  }

  /** y = saturate(round(x / scale) + zero point). */
  private static void quantize(NodeRun node) {
    Value x = node.input(0);
    ElementType type = node.has(2) ? node.input(2).type() : ElementType.UINT8;
    if (!x.computes()) {
      node.output(node.result(type, x.sizes()));
      return;
    }
    Tensor y = on(node, DIV, node.tensor(0));
    y = node.has(2) ? on(node, ADD, y) : y;
    node.output(Value.live(type, on(node, CLAMP, y)));
  }

  /** y = (x - zero point) * scale. */
  private static void dequantize(NodeRun node) {
    Value x = node.input(0);
    ElementType type = node.input(1).type();
    if (x.live()) {
      Tensor y = node.has(2) ? on(node, SUB, node.tensor(0)) : node.tensor(0);
      node.output(Value.live(type, on(node, MUL, y)));
    } else {
      node.output(x.as(type, null));
    }
  }

  /** The scale of the range, found by comparing all values, then the same as above. */
  private static void dynamicQuantize(NodeRun node) {
    Value x = node.input(0);
    if (x.computes()) {
      Tensor y = on(node, ADD, on(node, DIV, node.tensor(0)));
      node.output(Value.live(ElementType.UINT8, on(node, CLAMP, y)));
    } else {
      node.output(node.result(ElementType.UINT8, x.sizes()));
    }
    node.output(1, node.result(x.type()));
    node.output(2, node.result(ElementType.UINT8));
  }
}
