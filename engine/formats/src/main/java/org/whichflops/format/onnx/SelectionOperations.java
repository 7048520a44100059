package org.whichflops.format.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.F;

/** Operators that take some of a tensor's numbers, or put some into it. */
final class SelectionOperations {
  private SelectionOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "Slice" -> SelectionOperations::slice;
      case "Gather" -> SelectionOperations::gather;
      case "GatherElements" -> node -> shapeOf(node, 1, Move.GATHER);
      case "GatherND" -> SelectionOperations::gatherNd;
      case "Scatter", "ScatterElements", "ScatterND", "Trilu" ->
          node -> shapeOf(node, 0, Move.COPY);
      case "ReverseSequence" -> node -> shapeOf(node, 0, Move.INDEX);
      case "Pad" -> SelectionOperations::pad;
      case "OneHot" -> SelectionOperations::oneHot;
      default -> null;
    };
  }

  /** The sizes of one input, with numbers of the first one that nobody follows. */
  private static void shapeOf(NodeRun node, int i, Move move) {
    Value[] all = new Value[node.inputCount()];
    int count = 0;
    for (int at = 0; at < all.length; at++) {
      Value value = node.find(at);
      if (value != null) {
        all[count++] = value;
      }
    }
    node.output(
        node.moved(
            move, Arrays.copyOf(all, count), node.input(0).type(), node.input(i).sizes(), null));
  }

  /** Starts, ends, axes and steps: attributes before set 10, inputs from then on. */
  private static void slice(NodeRun node) {
    Value x = node.input(0);
    long[] starts = node.integers("starts", 1);
    long[] ends = node.integers("ends", 2);
    long[] axes = node.integers("axes", 3);
    long[] steps = node.has(4) ? node.numbers(4).whole() : null;
    if (starts == null
        || ends == null
        || starts.length != ends.length
        || (axes != null && axes.length != starts.length)
        || (steps != null && steps.length != starts.length)) {
      throw new ShapeException("starts, ends, axes and steps are not equally many");
    }
    long[] old = x.sizes();
    long[] sizes = old.clone();
    long[] first = new long[old.length];
    long[] step = new long[old.length];
    Arrays.fill(step, 1);
    for (int i = 0; i < starts.length; i++) {
      int dim = NodeRun.dim(axes == null ? i : axes[i], old.length);
      step[dim] = steps == null ? 1 : steps[i];
      long size = x.size(dim);
      boolean forward = step[dim] > 0;
      if (step[dim] == 0) {
        throw new ShapeException("a step is 0");
      }
      long low = forward ? 0 : -1;
      long high = forward ? size : size - 1;
      first[dim] = clamp(starts[i] < 0 ? starts[i] + size : starts[i], 0, high);
      long last = clamp(ends[i] < 0 ? ends[i] + size : ends[i], low, high);
      long range = forward ? last - first[dim] : first[dim] - last;
      long stride = step[dim] == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step[dim]);
      sizes[dim] = range <= 0 ? 0 : (range - 1) / stride + 1;
    }
    Numbers numbers = x.numbers();
    node.moved(
        Move.SLICE,
        x,
        sizes,
        numbers == null
            ? null
            : Indexing.of(
                numbers,
                sizes,
                at -> {
                  long[] from = new long[at.length];
                  for (int i = 0; i < at.length; i++) {
                    from[i] = first[i] + at[i] * step[i];
                  }
                  return Indexing.flat(old, from);
                }));
  }

  private static long clamp(long x, long low, long high) {
    return Math.max(low, Math.min(high, x));
  }

  /** Rows of a table that are looked up by the network's input are an embedding. */
  private static void gather(NodeRun node) {
    Value x = node.input(0);
    Value indices = node.input(1);
    int axis = NodeRun.dim(node.integer("axis", 0), x.rank());
    if (x.rank() == 0) {
      throw new ShapeException("a number has no dimension to take from");
    }
    if (!x.live() && x.type().real() && indices.live() && x.rank() == 2 && axis == 0) {
      node.output(Value.live(x.type(), F.embedding(node.tensor(1), node.tensor(0))));
      return;
    }
    long[] old = x.sizes();
    int inner = indices.rank();
    long[] sizes = new long[old.length - 1 + inner];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = i < axis ? old[i] : i < axis + inner ? indices.size(i - axis) : old[i - inner + 1];
    }
    Numbers result = null;
    Numbers from = x.numbers();
    Numbers which = indices.numbers();
    if (from != null && which != null && TensorInfo.numel(sizes) <= Numbers.MOST) {
      long[] indexSizes = indices.sizes();
      result = Indexing.of(from, sizes, at -> place(at, old, axis, which, indexSizes));
    } else if (which != null && which.count() == 1) {
      checkIndex(which.whole(0), x.size(axis));
    }
    node.output(
        node.moved(
            inner == 0 ? Move.SELECT : Move.INDEX,
            indices.live() ? new Value[] {x, indices} : new Value[] {x},
            x.type(),
            sizes,
            result));
  }

  private static int place(long[] at, long[] old, int axis, Numbers which, long[] indexSizes) {
    int inner = indexSizes.length;
    long[] from = new long[old.length];
    System.arraycopy(at, 0, from, 0, axis);
    System.arraycopy(at, axis + inner, from, axis + 1, old.length - axis - 1);
    long[] index = Arrays.copyOfRange(at, axis, axis + inner);
    long number = which.whole(Indexing.flat(indexSizes, index));
    from[axis] = checkIndex(number, old[axis]);
    return Indexing.flat(old, from);
  }

  private static long checkIndex(long index, long size) {
    if (index >= size || index < -size) {
      throw new ShapeException("index %d is out of range for a size of %d".formatted(index, size));
    }
    return index < 0 ? index + size : index;
  }

  private static void gatherNd(NodeRun node) {
    Value x = node.input(0);
    Value indices = node.input(1);
    int batch = NodeRun.small("batch_dims", node.integer("batch_dims", 0));
    long depth = indices.size(-1);
    int rest = (int) (x.rank() - batch - depth);
    if (batch < 0 || depth < 0 || depth > x.rank() || rest < 0) {
      throw new ShapeException("indices of %s do not fit %s".formatted(indices, x));
    }
    long[] sizes = new long[indices.rank() - 1 + rest];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] =
          i < indices.rank() - 1
              ? indices.size(i)
              : x.size(x.rank() - rest + i - (indices.rank() - 1));
    }
    node.output(node.moved(Move.INDEX, new Value[] {x, indices}, x.type(), sizes, null));
  }

  /** Amounts from an attribute (before set 11) or an input: all befores, then all afters. */
  private static void pad(NodeRun node) {
    Value x = node.input(0);
    long[] pads = node.integers("pads", 1);
    long[] axes = node.has(3) ? node.numbers(3).whole() : null;
    int count = axes == null ? x.rank() : axes.length;
    if (pads == null || pads.length != 2 * count) {
      throw new ShapeException(
          "pads are two for each of %d dimensions but they are %s"
              .formatted(count, Arrays.toString(pads)));
    }
    long[] sizes = x.sizes();
    for (int i = 0; i < count; i++) {
      int dim = axes == null ? i : NodeRun.dim(axes[i], x.rank());
      sizes[dim] = Math.addExact(sizes[dim], Math.addExact(pads[i], pads[i + count]));
    }
    node.moved(Move.PAD, x, sizes, padded(node, x, pads, axes, sizes));
  }

  private static @Nullable Numbers padded(
      NodeRun node, Value x, long[] pads, long @Nullable [] axes, long[] sizes) {
    Numbers numbers = x.numbers();
    boolean plain = numbers != null && x.rank() == 1 && axes == null && !numbers.isReal();
    if (numbers == null || !plain || sizes[0] < 0 || sizes[0] > Numbers.MOST) {
      return null;
    }
    Numbers fill = node.has(2) ? node.input(2).numbers() : Numbers.of(0L);
    if (fill == null || !node.text("mode", "constant").equals("constant")) {
      return null;
    }
    long[] whole = new long[(int) sizes[0]];
    for (int i = 0; i < whole.length; i++) {
      long from = i - pads[0];
      whole[i] = from >= 0 && from < numbers.count() ? numbers.whole((int) from) : fill.whole(0);
    }
    return Numbers.of(whole);
  }

  private static void oneHot(NodeRun node) {
    Value indices = node.input(0);
    long depth = node.numbers(1).whole(0);
    int rank = indices.rank() + 1;
    int axis = NodeRun.dim(node.integer("axis", -1), rank);
    long[] sizes = new long[rank];
    for (int i = 0; i < rank; i++) {
      sizes[i] = i == axis ? depth : indices.size(i > axis ? i - 1 : i);
    }
    node.output(node.result(node.input(2).type(), sizes));
  }
}
