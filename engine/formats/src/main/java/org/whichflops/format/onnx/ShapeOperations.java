package org.whichflops.format.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** Operators that ask for sizes, or make tensors of given sizes or values. */
final class ShapeOperations {
  private ShapeOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "Shape" -> ShapeOperations::shape;
      case "Size" -> node -> node.output(Value.scalar(node.input(0).numel()));
      case "Constant" -> ShapeOperations::constant;
      case "ConstantOfShape" -> ShapeOperations::constantOfShape;
      case "Range" -> ShapeOperations::range;
      case "EyeLike" -> node -> made(node, node.input(0).type(), node.input(0).sizes());
      case "RandomNormal", "RandomUniform" -> ShapeOperations::random;
      case "RandomNormalLike", "RandomUniformLike" -> ShapeOperations::randomLike;
      case "NonZero" -> ShapeOperations::nonZero;
      default -> null;
    };
  }

  /** Sizes are known as soon as the input's are, whatever its numbers. */
  private static void shape(NodeRun node) {
    Value x = node.input(0);
    long rank = x.rank();
    long start = clamp(node.integer("start", 0), rank);
    long end = clamp(node.integer("end", rank), rank);
    node.output(
        Value.vector(Arrays.copyOfRange(x.sizes(), (int) start, (int) Math.max(start, end))));
  }

  private static long clamp(long at, long rank) {
    return Math.max(0, Math.min(rank, at < 0 ? at + rank : at));
  }

  private static void constant(NodeRun node) {
    Object value = node.attribute("value");
    if (value instanceof TensorInfo tensor) {
      node.output(Value.initializer(tensor, null));
    } else if (node.attribute("value_int") instanceof Long whole) {
      node.output(Value.scalar(whole));
    } else if (node.integers("value_ints") != null) {
      long[] whole = node.integers("value_ints");
      node.output(
          whole.length <= Numbers.MOST
              ? Value.vector(whole)
              : Value.constant(ElementType.INT64, new long[] {whole.length}, null));
    } else if (node.attribute("value_float") instanceof Double real) {
      node.output(Value.constant(ElementType.FLOAT, new long[0], Numbers.of(real.doubleValue())));
    } else if (node.attribute("value_floats") instanceof double[] real) {
      node.output(
          Value.constant(
              ElementType.FLOAT,
              new long[] {real.length},
              real.length <= Numbers.MOST ? Numbers.of(real) : null));
    } else if (node.attribute("value_string") != null) {
      node.output(Value.constant(ElementType.STRING, new long[0], null));
    } else if (node.attribute("value_strings") instanceof String[] all) {
      node.output(Value.constant(ElementType.STRING, new long[] {all.length}, null));
    } else {
      throw new ShapeException("it has no value that can be read");
    }
  }

  private static void constantOfShape(NodeRun node) {
    long[] sizes = node.numbers(0).whole();
    ElementType type = ElementType.FLOAT;
    Numbers one = Numbers.of(0.0);
    if (node.attribute("value") instanceof TensorInfo tensor) {
      type = tensor.type();
      one = tensor.numbers();
    }
    node.output(Value.constant(type, sizes, one == null ? null : filled(sizes, one)));
  }

  private static @Nullable Numbers filled(long[] sizes, Numbers one) {
    for (long size : sizes) {
      if (size < 0) {
        return null;
      }
    }
    if (one.count() != 1 || TensorInfo.numel(sizes) > Numbers.MOST) {
      return null;
    }
    return Indexing.of(one, sizes, at -> 0);
  }

  private static void range(NodeRun node) {
    Numbers start = node.numbers(0);
    Numbers limit = node.numbers(1);
    Numbers delta = node.numbers(2);
    if (start.count() != 1 || limit.count() != 1 || delta.count() != 1 || delta.real(0) == 0) {
      throw new ShapeException("start, limit and delta are one number each, and delta is not 0");
    }
    ElementType type = node.input(0).type();
    long count =
        type.real()
            ? (long) Math.ceil((limit.real(0) - start.real(0)) / delta.real(0))
            : wholeCount(start.whole(0), limit.whole(0), delta.whole(0));
    count = Math.max(0, count);
    Numbers numbers = null;
    if (count <= Numbers.MOST) {
      double[] real = new double[(int) count];
      long[] whole = new long[(int) count];
      for (int i = 0; i < count; i++) {
        real[i] = start.real(0) + i * delta.real(0);
        whole[i] = start.whole(0) + i * delta.whole(0);
      }
      numbers = type.real() ? Numbers.of(real) : Numbers.of(whole);
    }
    node.output(Value.constant(type, new long[] {count}, numbers));
  }

  private static long wholeCount(long start, long limit, long delta) {
    long distance = Math.subtractExact(limit, start);
    return -Math.floorDiv(-distance, delta);
  }

  private static void made(NodeRun node, ElementType type, long[] sizes) {
    node.output(Value.constant(type, sizes, null));
  }

  private static void random(NodeRun node) {
    long[] sizes = node.integers("shape");
    if (sizes == null) {
      throw new ShapeException("it has no attribute shape");
    }
    made(node, ElementType.of(node.integer("dtype", 1)), sizes);
  }

  private static void randomLike(NodeRun node) {
    Value x = node.input(0);
    made(node, dtype(node, x.type()), x.sizes());
  }

  private static ElementType dtype(NodeRun node, ElementType otherwise) {
    return node.attribute("dtype") instanceof Long code ? ElementType.of(code) : otherwise;
  }

  /** How many there are is known where the numbers are. */
  private static void nonZero(NodeRun node) {
    Value x = node.input(0);
    Numbers numbers = x.numbers();
    if (numbers == null || x.rank() > 1) {
      throw new DependsOnData("its output's size depends on the values");
    }
    int count = 0;
    long[] found = new long[numbers.count()];
    for (int i = 0; i < numbers.count(); i++) {
      if (numbers.real(i) != 0) {
        found[count++] = i;
      }
    }
    long rank = Math.max(1, x.rank());
    node.output(
        Value.constant(
            ElementType.INT64, new long[] {rank, count}, Numbers.of(Arrays.copyOf(found, count))));
  }
}
