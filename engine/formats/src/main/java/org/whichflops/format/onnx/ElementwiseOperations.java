package org.whichflops.format.onnx;

import java.util.Map;
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

  static void register(Map<String, Operation> all) {
    activation(all, "Relu", Activations.RELU, x -> Math.max(x, 0));
    activation(all, "Sigmoid", Activations.TORCH_SIGMOID, x -> 1 / (1 + Math.exp(-x)));
    activation(all, "Tanh", Activations.TORCH_TANH, Math::tanh);
    activation(all, "LeakyRelu", Activations.LEAKY_RELU, null);
    activation(all, "ThresholdedRelu", Activations.THRESHOLD, null);
    activation(all, "Elu", Activations.ELU, null);
    activation(all, "Selu", Activations.SELU, null);
    activation(all, "Celu", Activations.CELU, null);
    activation(all, "HardSigmoid", Activations.HARDSIGMOID, null);
    activation(all, "HardSwish", Activations.HARDSWISH, null);
    activation(all, "Softplus", Activations.SOFTPLUS, null);
    activation(all, "Softsign", Activations.SOFTSIGN, null);
    activation(all, "Swish", Activations.SILU, null);
    activation(all, "Mish", Activations.MISH, null);
    activation(all, Fusion.SILU, Activations.SILU, null);
    activation(all, Fusion.HARDSWISH, Activations.HARDSWISH, null);
    activation(all, Fusion.GELU, Activations.GELU, null);
    all.put(
        "Gelu",
        node ->
            (node.text("approximate", "none").equals("tanh")
                    ? apply(Activations.GELU_TANH, null)
                    : apply(Activations.GELU, null))
                .run(node));
    all.put(
        "Shrink",
        node ->
            apply(node.real("bias", 0) == 0 ? Activations.HARDSHRINK : Activations.SOFTSHRINK, null)
                .run(node));
    function(all, "Sqrt", Calls.elementwise("torch.sqrt", "sqrt"), Math::sqrt);
    function(all, "Exp", Calls.elementwise("torch.exp", "exp"), Math::exp);
    function(all, "Log", Calls.elementwise("torch.log", "log"), Math::log);
    function(all, "Sin", Calls.elementwise("torch.sin", "sin"), Math::sin);
    function(all, "Cos", Calls.elementwise("torch.cos", "cos"), Math::cos);
    function(all, "Abs", Calls.elementwise("torch.abs", "abs"), Math::abs);
    function(all, "Neg", Calls.elementwise("Tensor.__neg__", "neg"), x -> -x);
    function(all, "Sign", Calls.elementwise("torch.sign", "sign"), Math::signum);
    function(all, "Erf", Calls.elementwise("torch.erf", "erf"), null);
    function(all, "Reciprocal", Calls.elementwise("torch.reciprocal", "reciprocal"), x -> 1 / x);
    function(all, "Floor", Calls.elementwise("torch.floor", "floor"), Math::floor);
    function(all, "Ceil", Calls.elementwise("torch.ceil", "ceil"), Math::ceil);
    function(all, "Round", Calls.elementwise("torch.round", "round"), Math::rint);
    for (String special :
        new String[] {"Tan", "Asin", "Acos", "Atan", "Sinh", "Cosh", "Asinh", "Acosh", "Atanh"}) {
      String name = special.toLowerCase(java.util.Locale.ROOT);
      function(all, special, Calls.elementwise("torch." + name, name), null);
    }
    all.put("Clip", ElementwiseOperations::clip);
    all.put("Not", node -> truth(node, true));
    all.put("IsNaN", node -> truth(node, false));
    all.put("IsInf", node -> truth(node, false));
    all.put("BitwiseNot", ElementwiseOperations::same);
    all.put("Identity", node -> node.output(node.input(0)));
    all.put("Cast", node -> cast(node, ElementType.of(node.integer("to", 0))));
    all.put("CastLike", node -> cast(node, node.input(1).type()));
    all.put("Dropout", ElementwiseOperations::dropout);
    all.put("QuantizeLinear", ElementwiseOperations::quantize);
    all.put("DequantizeLinear", ElementwiseOperations::dequantize);
    all.put("DynamicQuantizeLinear", ElementwiseOperations::dynamicQuantize);
    all.put("Bernoulli", ElementwiseOperations::same);
  }

  private static void activation(
      Map<String, Operation> all,
      String op,
      Activations function,
      @Nullable DoubleUnaryOperator folded) {
    all.put(op, apply(function, folded));
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

  private static void function(
      Map<String, Operation> all, String op, Calls calls, @Nullable DoubleUnaryOperator folded) {
    all.put(
        op,
        node -> {
          Value x = node.input(0);
          if (x.computes()) {
            node.output(on(node, calls, node.tensor(0)));
          } else {
            fold(node, x, folded);
          }
        });
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
