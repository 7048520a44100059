package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Tensor;

/** Operators of two tensors, or of many, that are broadcast and work element by element. */
final class BinaryOperations {
  /** What two numbers make, exactly where they are whole. */
  private interface Fold {
    double real(double a, double b);

    long whole(long a, long b);
  }

  private BinaryOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "Add" -> arithmetic("Tensor.__add__", "add", sum());
      case "Sub" -> arithmetic("Tensor.__sub__", "sub", fold((a, b) -> a - b, Math::subtractExact));
      case "Mul" -> arithmetic("Tensor.__mul__", "mul", fold((a, b) -> a * b, Math::multiplyExact));
      // Whole numbers are cut towards zero.
      case "Div" -> arithmetic("Tensor.__truediv__", "div", fold((a, b) -> a / b, (a, b) -> a / b));
      case "Pow" -> BinaryOperations::pow;
      case "Mod" -> BinaryOperations::mod;
      case "PRelu" -> BinaryOperations::prelu;
      case "Max" -> several("torch.maximum", "maximum", fold(Math::max, Math::max));
      case "Min" -> several("torch.minimum", "minimum", fold(Math::min, Math::min));
      case "Sum" -> several("Tensor.__add__", "add", sum());
      case "Mean" -> mean();
      case "Equal" -> truth("eq", fold((a, b) -> a == b ? 1 : 0, (a, b) -> a == b ? 1 : 0));
      case "Less" -> truth("lt", fold((a, b) -> a < b ? 1 : 0, (a, b) -> a < b ? 1 : 0));
      case "Greater" -> truth("gt", fold((a, b) -> a > b ? 1 : 0, (a, b) -> a > b ? 1 : 0));
      case "LessOrEqual" -> truth("le", fold((a, b) -> a <= b ? 1 : 0, (a, b) -> a <= b ? 1 : 0));
      case "GreaterOrEqual" ->
          truth("ge", fold((a, b) -> a >= b ? 1 : 0, (a, b) -> a >= b ? 1 : 0));
      case "And" -> logic(fold((a, b) -> 0, (a, b) -> a & b));
      case "Or" -> logic(fold((a, b) -> 0, (a, b) -> a | b));
      case "Xor" -> logic(fold((a, b) -> 0, (a, b) -> a ^ b));
      case "BitShift", "BitwiseAnd", "BitwiseOr", "BitwiseXor" ->
          node -> plain(node, node.input(0).type(), null);
      case "Where" -> BinaryOperations::where;
      default -> null;
    };
  }

  private interface Real {
    double of(double a, double b);
  }

  private interface Whole {
    long of(long a, long b);
  }

  private static Fold fold(Real real, Whole whole) {
    return new Fold() {
      @Override
      public double real(double a, double b) {
        return real.of(a, b);
      }

      @Override
      public long whole(long a, long b) {
        return whole.of(a, b);
      }
    };
  }

  private static Fold sum() {
    return fold((a, b) -> a + b, Math::addExact);
  }

  private static Operation arithmetic(String function, String operator, Fold fold) {
    Calls calls = Calls.elementwise(function, operator);
    return node -> apply(node, calls, fold);
  }

  private static void apply(NodeRun node, Calls calls, @Nullable Fold fold) {
    Value a = node.input(0);
    Value b = node.input(1);
    ElementType type = a.type() == ElementType.UNDEFINED ? b.type() : a.type();
    if (a.computes() || b.computes()) {
      node.output(Value.live(type, call(node, calls, a, b)));
    } else {
      plain(node, type, fold);
    }
  }

  /** A number is no tensor to PyTorch: then the call has one input. */
  static Tensor call(NodeRun node, Calls calls, Value a, Value b) {
    Shape shape = Shape.of(broadcast(a, b));
    Tensor y = Observed.tensor(node.pass(), shape);
    Tensor[] inputs;
    if (!b.live() && b.rank() == 0) {
      inputs = new Tensor[] {a.tensor(node.pass())};
    } else if (!a.live() && a.rank() == 0) {
      inputs = new Tensor[] {b.tensor(node.pass())};
    } else {
      inputs = new Tensor[] {a.tensor(node.pass()), b.tensor(node.pass())};
    }
    return calls.call(node.pass(), inputs, y);
  }

  /** Numpy's broadcasting, aligned at the last dimension. */
  static long[] broadcast(Value a, Value b) {
    return broadcast(a.sizes(), b.sizes());
  }

  static long[] broadcast(long[] a, long[] b) {
    long[] sizes = new long[Math.max(a.length, b.length)];
    for (int i = 1; i <= sizes.length; i++) {
      long left = i <= a.length ? a[a.length - i] : 1;
      long right = i <= b.length ? b[b.length - i] : 1;
      if (left != right && left != 1 && right != 1) {
        throw new ShapeException(
            "sizes %s and %s do not broadcast: %d and %d at dimension -%d"
                .formatted(Shape.of(a), Shape.of(b), left, right, i));
      }
      sizes[sizes.length - i] = left == 1 ? right : left;
    }
    return sizes;
  }

  /** A result that costs nothing; its numbers where both operands' are known. */
  private static void plain(NodeRun node, ElementType type, @Nullable Fold fold) {
    Value a = node.input(0);
    Value b = node.input(1);
    node.output(plain(node, a, b, type, fold));
  }

  private static Value plain(
      NodeRun node, Value a, Value b, ElementType type, @Nullable Fold fold) {
    long[] sizes = broadcast(a, b);
    if (a.live() || b.live()) {
      return node.result(type, sizes);
    }
    Numbers left = a.numbers();
    Numbers right = b.numbers();
    boolean few = TensorInfo.numel(sizes) <= Numbers.MOST;
    if (left == null || right == null || fold == null || !few) {
      return Value.constant(type, sizes, null);
    }
    Numbers x = Indexing.broadcast(left, a.sizes(), sizes);
    Numbers y = Indexing.broadcast(right, b.sizes(), sizes);
    if (x.isReal() || y.isReal()) {
      double[] real = new double[x.count()];
      for (int i = 0; i < real.length; i++) {
        real[i] = fold.real(x.real(i), y.real(i));
      }
      Numbers numbers = Numbers.of(real);
      return Value.constant(type, sizes, type.real() ? numbers : Numbers.of(numbers.whole()));
    }
    long[] whole = new long[x.count()];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = fold.whole(x.whole(i), y.whole(i));
    }
    return Value.constant(type, sizes, Numbers.of(whole));
  }

  private static void pow(NodeRun node) {
    Numbers exponent = node.input(1).numbers();
    boolean square = exponent != null && exponent.count() == 1 && exponent.real(0) == 2;
    Calls calls = Calls.elementwise("Tensor.__pow__", square ? "pow" : "pow[other than 2]");
    apply(node, calls, fold(Math::pow, (a, b) -> (long) Math.pow((double) a, (double) b)));
  }

  private static void mod(NodeRun node) {
    boolean c = node.integer("fmod", 0) == 1;
    apply(
        node,
        Calls.elementwise("torch.fmod", "fmod"),
        fold(
            (a, b) -> c ? a % b : a - Math.floor(a / b) * b,
            (a, b) -> c ? a % b : Math.floorMod(a, b)));
  }

  private static void prelu(NodeRun node) {
    Value x = node.input(0);
    if (!x.computes()) {
      plain(node, x.type(), null);
      return;
    }
    Value slopes = node.input(1);
    long count = slopes.numel();
    if (count != 1 && (x.rank() < 2 || x.size(1) != count)) {
      node.output(Value.live(x.type(), call(node, Calls.of("F.prelu", "prelu"), x, slopes)));
      return;
    }
    // A slope for each channel is [C, 1, 1] here and [C] in PyTorch.
    Tensor slope =
        slopes.parameter() != null ? node.tensor(1) : Observed.tensor(node.pass(), Shape.of(count));
    node.output(F.prelu(node.tensor(0), slope));
  }

  private static Operation several(String function, String operator, Fold fold) {
    Calls calls = Calls.elementwise(function, operator);
    return node -> several(node, calls, fold);
  }

  private static void several(NodeRun node, Calls calls, Fold fold) {
    Value sum = node.input(0);
    for (int i = 1; i < node.inputCount(); i++) {
      Value next = node.input(i);
      sum =
          sum.computes() || next.computes()
              ? Value.live(sum.type(), call(node, calls, sum, next))
              : plain(node, sum, next, sum.type(), fold);
    }
    node.output(sum);
  }

  private static Operation mean() {
    Calls add = Calls.elementwise("Tensor.__add__", "add");
    Calls div = Calls.elementwise("Tensor.__truediv__", "div");
    Fold sum = sum();
    return node -> mean(node, add, sum, div);
  }

  private static void mean(NodeRun node, Calls add, Fold fold, Calls div) {
    several(node, add, fold);
    Value y = node.wants(0) ? node.execution().value(node.node().outputs()[0]) : null;
    if (y != null && y.computes()) {
      Tensor mean = ElementwiseOperations.on(node, div, y.tensor(node.pass()));
      node.output(Value.live(y.type(), mean));
    } else if (y != null) {
      node.output(y.as(y.type(), null));
    }
  }

  /** Comparisons cost where real numbers are compared. */
  private static Operation truth(String name, Fold fold) {
    Calls calls = Calls.elementwise("torch." + name, name);
    return node -> {
      Value a = node.input(0);
      Value b = node.input(1);
      if (a.computes() || b.computes()) {
        node.output(Value.live(ElementType.BOOL, call(node, calls, a, b)));
      } else {
        plain(node, ElementType.BOOL, fold);
      }
    };
  }

  private static Operation logic(Fold fold) {
    return node -> plain(node, ElementType.BOOL, fold);
  }

  private static void where(NodeRun node) {
    Value condition = node.input(0);
    Value a = node.input(1);
    Value b = node.input(2);
    long[] sizes = broadcast(broadcast(a, b), condition.sizes());
    Numbers chosen = null;
    Numbers truth = condition.numbers();
    Numbers left = a.numbers();
    Numbers right = b.numbers();
    if (truth != null && left != null && right != null && TensorInfo.numel(sizes) <= Numbers.MOST) {
      Numbers c = Indexing.broadcast(truth, condition.sizes(), sizes);
      Numbers x = Indexing.broadcast(left, a.sizes(), sizes);
      Numbers y = Indexing.broadcast(right, b.sizes(), sizes);
      double[] real = new double[c.count()];
      long[] whole = new long[c.count()];
      for (int i = 0; i < real.length; i++) {
        real[i] = c.whole(i) != 0 ? x.real(i) : y.real(i);
        whole[i] = c.whole(i) != 0 ? x.whole(i) : y.whole(i);
      }
      chosen = x.isReal() ? Numbers.of(real) : Numbers.of(whole);
    }
    node.output(node.moved(Move.WHERE, new Value[] {condition, a, b}, a.type(), sizes, chosen));
  }
}
