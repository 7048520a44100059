package org.whichflops.format.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** Operators that give the same numbers other sizes, or another order. */
final class LayoutOperations {
  private LayoutOperations() {}

  /** The operator of that name, or null where it is none of these. */
  static @Nullable Operation find(String op) {
    return switch (op) {
      case "Reshape" -> LayoutOperations::reshape;
      case "Flatten" -> LayoutOperations::flatten;
      case "Transpose" -> LayoutOperations::transpose;
      case "Squeeze" -> LayoutOperations::squeeze;
      case "Unsqueeze" -> LayoutOperations::unsqueeze;
      case "Concat" -> LayoutOperations::concat;
      case "Split" -> LayoutOperations::split;
      case "Expand" -> LayoutOperations::expand;
      case "Tile" -> LayoutOperations::tile;
      case "DepthToSpace" -> node -> shuffle(node, true);
      case "SpaceToDepth" -> node -> shuffle(node, false);
      default -> null;
    };
  }

  private static void reshape(NodeRun node) {
    Value x = node.input(0);
    long[] asked = node.numbers(1).whole();
    long[] sizes = asked.clone();
    boolean zeroIsZero = node.integer("allowzero", 0) == 1;
    int open = -1;
    long known = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == 0 && !zeroIsZero) {
        sizes[i] = x.size(i);
      }
      if (sizes[i] == -1 && open < 0) {
        open = i;
      } else if (sizes[i] < 0) {
        throw new ShapeException(
            "sizes are 0 or more with one -1 at most but they are " + Arrays.toString(asked));
      } else {
        known = Math.multiplyExact(known, sizes[i]);
      }
    }
    long numel = x.numel();
    if (open >= 0 && known != 0 && numel % known == 0) {
      sizes[open] = numel / known;
    } else if (open >= 0 || known != numel) {
      throw new ShapeException(
          "a tensor of %s cannot be given the sizes %s".formatted(x, Arrays.toString(asked)));
    }
    if (asked.length > 0 && x.live() && x.rank() > 0) {
      node.execution().shared().expectNotFixed(asked[0], x.size(0));
    }
    node.moved(Move.RESHAPE, x, sizes, x.numbers());
  }

  private static void flatten(NodeRun node) {
    Value x = node.input(0);
    long axis = node.integer("axis", 1);
    long at = axis < 0 ? axis + x.rank() : axis;
    if (at < 0 || at > x.rank()) {
      throw new ShapeException("axis %d is out of range for %s".formatted(axis, x));
    }
    long[] sizes = {1, 1};
    for (int i = 0; i < x.rank(); i++) {
      sizes[i < at ? 0 : 1] = Math.multiplyExact(sizes[i < at ? 0 : 1], x.size(i));
    }
    node.moved(Move.FLATTEN, x, sizes, x.numbers());
  }

  private static void transpose(NodeRun node) {
    Value x = node.input(0);
    long[] given = node.integers("perm");
    int rank = x.rank();
    int[] order = new int[rank];
    long[] sizes = new long[rank];
    long seen = 0;
    for (int i = 0; i < rank && (given == null || given.length == rank); i++) {
      order[i] = given == null ? rank - 1 - i : NodeRun.dim(given[i], rank);
      seen |= 1L << order[i];
      sizes[i] = x.size(order[i]);
    }
    if (Long.bitCount(seen) != rank) {
      throw new ShapeException(
          "perm %s does not name every dimension of %s once".formatted(Arrays.toString(given), x));
    }
    Numbers numbers = x.numbers();
    long[] old = x.sizes();
    node.moved(
        Move.PERMUTE,
        x,
        sizes,
        numbers == null
            ? null
            : Indexing.of(
                numbers,
                sizes,
                at -> {
                  long[] from = new long[rank];
                  for (int i = 0; i < rank; i++) {
                    from[order[i]] = at[i];
                  }
                  return Indexing.flat(old, from);
                }));
  }

  private static void squeeze(NodeRun node) {
    Value x = node.input(0);
    long[] axes = node.integers("axes", 1);
    long gone = 0;
    if (axes == null) {
      for (int i = 0; i < x.rank(); i++) {
        gone |= x.size(i) == 1 ? 1L << i : 0;
      }
    } else {
      for (long axis : axes) {
        int dim = NodeRun.dim(axis, x.rank());
        if (x.size(dim) != 1) {
          throw new ShapeException(
              "dimension %d of %s is squeezed but is not 1".formatted(axis, x));
        }
        gone |= 1L << dim;
      }
    }
    long[] sizes = new long[x.rank() - Long.bitCount(gone)];
    int to = 0;
    for (int i = 0; i < x.rank(); i++) {
      if ((gone >> i & 1) == 0) {
        sizes[to++] = x.size(i);
      }
    }
    node.moved(Move.SQUEEZE, x, sizes, x.numbers());
  }

  private static void unsqueeze(NodeRun node) {
    Value x = node.input(0);
    long[] axes = node.integers("axes", 1);
    if (axes == null) {
      throw new ShapeException("it names no axes");
    }
    int rank = x.rank() + axes.length;
    if (rank > Long.SIZE - 1) {
      throw new ShapeException("it would have %d dimensions".formatted(rank));
    }
    long added = 0;
    for (long axis : axes) {
      added |= 1L << NodeRun.dim(axis, rank);
    }
    if (Long.bitCount(added) != axes.length) {
      throw new ShapeException("axes %s name one twice".formatted(Arrays.toString(axes)));
    }
    long[] sizes = new long[rank];
    int from = 0;
    for (int i = 0; i < rank; i++) {
      sizes[i] = (added >> i & 1) != 0 ? 1 : x.size(from++);
    }
    node.moved(Move.UNSQUEEZE, x, sizes, x.numbers());
  }

  private static void concat(NodeRun node) {
    Value first = node.input(0);
    int count = node.inputCount();
    int dim = NodeRun.dim(node.integer("axis", 1), first.rank());
    Value[] values = new Value[count];
    long[] sizes = first.sizes();
    if (sizes.length == 0) {
      throw new ShapeException("numbers without a dimension cannot be put together");
    }
    sizes[dim] = 0;
    boolean known = true;
    for (int i = 0; i < count; i++) {
      values[i] = node.input(i);
      boolean fits = values[i].rank() == sizes.length;
      for (int d = 0; fits && d < sizes.length; d++) {
        fits = d == dim || values[i].size(d) == sizes[d];
      }
      if (!fits) {
        throw new ShapeException(
            "its inputs differ outside dimension %d: %s and %s".formatted(dim, first, values[i]));
      }
      sizes[dim] = Math.addExact(sizes[dim], values[i].size(dim));
      known &= values[i].numbers() != null;
    }
    Numbers numbers =
        known && TensorInfo.numel(sizes) <= Numbers.MOST ? joined(values, sizes, dim) : null;
    node.output(node.moved(Move.CAT, values, first.type(), sizes, numbers));
  }

  private static Numbers joined(Value[] values, long[] sizes, int dim) {
    int count = (int) TensorInfo.numel(sizes);
    double[] real = new double[count];
    long[] whole = new long[count];
    long inner = 1;
    for (int i = dim + 1; i < sizes.length; i++) {
      inner *= sizes[i];
    }
    boolean isReal = false;
    int to = 0;
    for (long outer = 0; to < count; outer++) {
      for (Value value : values) {
        Numbers numbers = value.numbers();
        long run = value.size(dim) * inner;
        for (long i = 0; i < run && numbers != null; i++, to++) {
          real[to] = numbers.real((int) (outer * run + i));
          whole[to] = numbers.whole((int) (outer * run + i));
          isReal |= numbers.isReal();
        }
      }
    }
    return isReal ? Numbers.of(real) : Numbers.of(whole);
  }

  /** Sizes from an attribute (before set 13), an input, or equal parts; the last may be smaller. */
  private static void split(NodeRun node) {
    Value x = node.input(0);
    int dim = NodeRun.dim(node.integer("axis", 0), x.rank());
    long size = x.size(dim);
    int parts = node.outputCount();
    long[] sizes = node.integers("split", 1);
    if (sizes == null) {
      long asked = node.integer("num_outputs", parts);
      if (parts == 0 || asked != parts) {
        throw new ShapeException("num_outputs is %d for %d outputs".formatted(asked, parts));
      }
      long each = (size + parts - 1) / parts;
      sizes = new long[parts];
      Arrays.fill(sizes, each);
      sizes[parts - 1] = size - each * (parts - 1);
    }
    long sum = 0;
    for (long part : sizes) {
      sum = part < 0 ? -1 : Math.addExact(sum, part);
    }
    if (sizes.length != parts || sum != size) {
      throw new ShapeException(
          "parts of %s do not make dimension %d of %s in %d outputs"
              .formatted(Arrays.toString(sizes), dim, x, parts));
    }
    long from = 0;
    for (int i = 0; i < parts; i++) {
      long[] part = x.sizes();
      part[dim] = sizes[i];
      long offset = from;
      node.output(
          i, node.moved(Move.SPLIT, new Value[] {x}, x.type(), part, cut(x, part, dim, offset)));
      from += sizes[i];
    }
  }

  private static @Nullable Numbers cut(Value x, long[] sizes, int dim, long offset) {
    Numbers numbers = x.numbers();
    long[] old = x.sizes();
    return numbers == null
        ? null
        : Indexing.of(
            numbers,
            sizes,
            at -> {
              long[] from = at.clone();
              from[dim] += offset;
              return Indexing.flat(old, from);
            });
  }

  private static void expand(NodeRun node) {
    Value x = node.input(0);
    long[] sizes = BinaryOperations.broadcast(x.sizes(), node.numbers(1).whole());
    Numbers numbers = x.numbers();
    node.moved(
        Move.EXPAND,
        x,
        sizes,
        numbers == null || TensorInfo.numel(sizes) > Numbers.MOST
            ? null
            : Indexing.broadcast(numbers, x.sizes(), sizes));
  }

  private static void tile(NodeRun node) {
    Value x = node.input(0);
    long[] times = node.numbers(1).whole();
    long[] old = x.sizes();
    if (times.length != old.length) {
      throw new ShapeException("%d repeats for a tensor of %s".formatted(times.length, x));
    }
    long[] sizes = new long[old.length];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.multiplyExact(old[i], times[i]);
    }
    Numbers numbers = x.numbers();
    boolean few = Arrays.stream(sizes).allMatch(s -> s >= 0) && small(sizes);
    node.moved(
        Move.REPEAT,
        x,
        sizes,
        numbers == null || !few
            ? null
            : Indexing.of(
                numbers,
                sizes,
                at -> {
                  long[] from = at.clone();
                  for (int i = 0; i < from.length; i++) {
                    from[i] %= old[i];
                  }
                  return Indexing.flat(old, from);
                }));
  }

  private static boolean small(long[] sizes) {
    return TensorInfo.numel(sizes) <= Numbers.MOST;
  }

  private static void shuffle(NodeRun node, boolean toSpace) {
    Value x = node.input(0);
    long block = node.integer("blocksize", 0);
    long square = Math.multiplyExact(block, block);
    boolean fits = x.rank() == 4 && block > 0;
    fits &=
        fits && (toSpace ? x.size(1) % square == 0 : x.size(2) % block + x.size(3) % block == 0);
    if (!fits) {
      throw new ShapeException("blocks of %d do not divide its input of %s".formatted(block, x));
    }
    long[] sizes =
        toSpace
            ? new long[] {x.size(0), x.size(1) / square, x.size(2) * block, x.size(3) * block}
            : new long[] {x.size(0), x.size(1) * square, x.size(2) / block, x.size(3) / block};
    node.moved(toSpace ? Move.PIXEL_SHUFFLE : Move.PIXEL_UNSHUFFLE, x, sizes, null);
  }
}
