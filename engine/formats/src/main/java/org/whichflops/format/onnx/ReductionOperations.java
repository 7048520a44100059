package org.whichflops.format.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.SoftmaxArguments;
import org.whichflops.engine.tensor.Tensor;

/** Operators that make one number of many. */
final class ReductionOperations {
  private static final Calls EXP = Calls.elementwise("torch.exp", "exp");
  private static final Calls LOG = Calls.elementwise("torch.log", "log");
  private static final Calls ABS = Calls.elementwise("torch.abs", "abs");
  private static final Calls SQUARE = Calls.elementwise("Tensor.__pow__", "pow");
  private static final Calls SUM = Calls.of("torch.sum", "sum");

  private ReductionOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "ReduceMean" -> reduce(Calls.of("torch.mean", "mean"), null, null);
      case "ReduceSum" -> reduce(SUM, null, null);
      case "ReduceMax" -> reduce(Calls.of("torch.amax", "amax"), null, null);
      case "ReduceMin" -> reduce(Calls.of("torch.amin", "amin"), null, null);
      case "ReduceProd" -> reduce(Calls.of("torch.prod", "prod"), null, null);
      case "ReduceL1" -> reduce(SUM, ABS, null);
      case "ReduceL2" ->
          reduce(Calls.of("torch.linalg.vector_norm", "linalg_vector_norm"), null, null);
      case "ReduceSumSquare" -> reduce(SUM, SQUARE, null);
      case "ReduceLogSum" -> reduce(SUM, null, LOG);
      case "ReduceLogSumExp" -> reduce(SUM, EXP, LOG);
      case "ArgMax" -> arg(Calls.of("torch.argmax", "argmax"));
      case "ArgMin" -> arg(Calls.of("torch.argmin", "argmin"));
      case "TopK" -> ReductionOperations::topK;
      case "CumSum" -> ReductionOperations::cumSum;
      default -> null;
    };
  }

  private static Operation reduce(Calls calls, @Nullable Calls before, @Nullable Calls after) {
    return node -> {
      Value x = node.input(0);
      long[] axes = node.integers("axes", 1);
      boolean none = axes == null || axes.length == 0;
      if (none && node.integer("noop_with_empty_axes", 0) == 1) {
        node.output(x);
        return;
      }
      boolean[] gone = gone(x, none ? null : axes);
      long[] sizes = reduced(x, gone, node.integer("keepdims", 1) == 1);
      if (!x.computes()) {
        node.output(
            x.live()
                ? node.result(x.type(), sizes)
                : Value.constant(x.type(), sizes, folded(node.node().op(), x, gone)));
        return;
      }
      if (PoolOperations.isAdaptive(node.node(), gone) && sizes.length == gone.length) {
        PoolOperations.globalAverage(node);
        return;
      }
      Tensor in = node.tensor(0);
      in = before == null ? in : ElementwiseOperations.on(node, before, in);
      Tensor y =
          calls.call(node.pass(), new Tensor[] {in}, Observed.tensor(node.pass(), Shape.of(sizes)));
      node.output(after == null ? y : ElementwiseOperations.on(node, after, y));
    };
  }

  private static boolean[] gone(Value x, long @Nullable [] axes) {
    boolean[] gone = new boolean[x.rank()];
    if (axes == null) {
      Arrays.fill(gone, true);
    } else {
      for (long axis : axes) {
        int dim = NodeRun.dim(axis, x.rank());
        if (dim < gone.length) {
          gone[dim] = true;
        }
      }
    }
    return gone;
  }

  private static long[] reduced(Value x, boolean[] gone, boolean keep) {
    long[] sizes = new long[x.rank()];
    int to = 0;
    for (int i = 0; i < gone.length; i++) {
      if (!gone[i] || keep) {
        sizes[to++] = gone[i] ? 1 : x.size(i);
      }
    }
    return Arrays.copyOf(sizes, to);
  }

  /** All numbers of a known vector made one: products and extremes of sizes. */
  private static @Nullable Numbers folded(String op, Value x, boolean[] gone) {
    Numbers numbers = x.numbers();
    if (numbers == null || numbers.isReal() || numbers.count() == 0) {
      return null;
    }
    for (boolean all : gone) {
      if (!all) {
        return null;
      }
    }
    long result = numbers.whole(0);
    for (int i = 1; i < numbers.count(); i++) {
      long next = numbers.whole(i);
      switch (op) {
        case "ReduceSum" -> result = Math.addExact(result, next);
        case "ReduceProd" -> result = Math.multiplyExact(result, next);
        case "ReduceMax" -> result = Math.max(result, next);
        case "ReduceMin" -> result = Math.min(result, next);
        default -> {
          return null;
        }
      }
    }
    return Numbers.of(result);
  }

  private static Operation arg(Calls calls) {
    return node -> {
      Value x = node.input(0);
      boolean[] gone = gone(x, new long[] {node.integer("axis", 0)});
      long[] sizes = reduced(x, gone, node.integer("keepdims", 1) == 1);
      if (x.computes()) {
        Tensor y = Observed.tensor(node.pass(), Shape.of(sizes));
        node.output(
            Value.live(
                ElementType.INT64, calls.call(node.pass(), new Tensor[] {node.tensor(0)}, y)));
      } else {
        node.output(node.result(ElementType.INT64, sizes));
      }
    };
  }

  /** Sorting is no arithmetic that any tool counts. */
  private static void topK(NodeRun node) {
    Value x = node.input(0);
    long[] k = node.has(1) ? node.numbers(1).whole() : new long[] {node.integer("k", 0)};
    int dim = NodeRun.dim(node.integer("axis", -1), x.rank());
    long[] sizes = x.sizes();
    if (k.length != 1 || sizes.length == 0 || k[0] > sizes[dim]) {
      throw new ShapeException(
          "the %s largest of dimension %d of %s".formatted(Arrays.toString(k), dim, x));
    }
    sizes[dim] = k[0];
    node.output(0, node.moved(Move.INDEX, new Value[] {x}, x.type(), sizes, null));
    node.output(1, node.result(ElementType.INT64, sizes));
  }

  private static void cumSum(NodeRun node) {
    Value x = node.input(0);
    if (!x.computes()) {
      node.output(node.result(x.type(), x.sizes()));
      return;
    }
    int dim = NodeRun.dim(node.numbers(1).whole(0), x.rank());
    Calls calls =
        new Calls(
            Function.named("torch.cumsum"), Calls.operator("cumsum"), new SoftmaxArguments(dim));
    node.output(ElementwiseOperations.on(node, calls, node.tensor(0)));
  }
}
