package org.whichflops.engine.tensor;

import java.util.Arrays;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;

/** Functions that arrange the same numbers anew, or some of them, or repeat them. */
final class Views {
  private Views() {}

  static Tensor viewed(String function, Operator operator, Tensor x, long[] sizes) {
    return record(function, operator, x, Layout.viewed(Sizes.viewed(x, sizes, function), x));
  }

  static Tensor rows(String function, Tensor x) {
    if (x.rank() < 2) {
      return viewed(function, Aten.VIEW, x, new long[] {x.size(0), -1});
    }
    return flattened(function, Aten.VIEW, x, 1, -1);
  }

  static Tensor flatten(String function, Tensor x, int from, int to) {
    return flattened(function, Aten.FLATTEN, x, from, to);
  }

  static Tensor flattened(String function, Operator operator, Tensor x, int from, int to) {
    int first = Sizes.dim(x, from, function);
    int last = Sizes.dim(x, to, function);
    if (first > last) {
      throw new ShapeException(
          "%s: start %d comes after end %d for a tensor of %s".formatted(function, from, to, x));
    }
    Tensor y = x.pass().tensor(Math.max(1, x.rank() - (last - first)));
    return record(function, operator, x, Layout.viewed(y.by(new Flattened(x, first, last)), x));
  }

  static Tensor unflattened(String function, Operator operator, Tensor x, int dim, long... sizes) {
    int at = Sizes.dim(x, dim, function);
    if (x.rank() == 0) {
      return record(function, operator, x, Layout.viewed(Sizes.viewed(x, sizes, function), x));
    }
    Tensor y = x.pass().tensor(x.rank() - 1 + sizes.length);
    y.by(new Unflattened(x, at, sizes.clone(), function));
    return record(function, operator, x, Layout.viewed(y, x));
  }

  static Tensor permute(String function, Tensor x, int... dims) {
    int[] places = new int[x.rank()];
    long seen = 0;
    for (int i = 0; i < dims.length && dims.length == x.rank(); i++) {
      places[i] = Sizes.dim(x, dims[i], function);
      seen |= 1L << places[i];
    }
    if (dims.length != x.rank() || Long.bitCount(seen) != dims.length) {
      throw new ShapeException(
          "%s expects every dimension of a tensor of %s once but they are %s"
              .formatted(function, x, Arrays.toString(dims)));
    }
    return record(function, Aten.PERMUTE, x, rearranged(x, places));
  }

  static Tensor transpose(String function, Tensor x, int a, int b) {
    int first = Sizes.dim(x, a, function);
    int second = Sizes.dim(x, b, function);
    int[] places = new int[x.rank()];
    for (int i = 0; i < places.length; i++) {
      places[i] = i == first ? second : i == second ? first : i;
    }
    return record(function, Aten.TRANSPOSE, x, rearranged(x, places));
  }

  private static Tensor rearranged(Tensor x, int[] dims) {
    Tensor y = x.pass().tensor(dims.length).by(new Rearranged(x, dims));
    return dims.length == 0 ? y : Layout.rearranged(y, x, dims);
  }

  static Tensor expand(Tensor x, long... sizes) {
    String function = "Tensor.expand";
    int added = sizes.length - x.rank();
    Tensor y = x.pass().tensor(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      long old = i < added ? 1 : x.size(i - added);
      long size = sizes[i] == -1 && i >= added ? old : sizes[i];
      if (added < 0 || (size != old && old != 1) || size < 0) {
        throw new ShapeException(
            "%s: a tensor of %s cannot be expanded to %s"
                .formatted(function, x, Arrays.toString(sizes)));
      }
      y.set(i, size);
    }
    return record(function, Aten.EXPAND, x, Layout.expanded(y, x));
  }

  static Tensor repeat(Tensor x, long... times) {
    int added = times.length - x.rank();
    if (added < 0 || Arrays.stream(times).anyMatch(n -> n < 0)) {
      throw new ShapeException(
          "Tensor.repeat expects 0 or more for each dimension of a tensor of %s but has %s"
              .formatted(x, Arrays.toString(times)));
    }
    Tensor y = x.pass().tensor(times.length);
    for (int i = 0; i < times.length; i++) {
      y.set(i, Math.multiplyExact(times[i], i < added ? 1 : x.size(i - added)));
    }
    return record("Tensor.repeat", Aten.REPEAT, x, y);
  }

  static Tensor repeatInterleave(String function, Tensor x, long times, int dim) {
    int at = Sizes.dim(x, dim, function);
    Tensor y = x.pass().resizable(x);
    y.set(at, Math.multiplyExact(times, x.size(at)));
    return record(function, Aten.REPEAT, x, y);
  }

  static Tensor newZeros(String function, Tensor x, long... sizes) {
    Tensor y = x.pass().tensor(sizes.length);
    for (int i = 0; i < sizes.length; i++) {
      y.set(i, sizes[i]);
    }
    return record(function, Aten.NEW_ZEROS, x, y);
  }

  static Tensor arange(String function, ForwardPass pass, long size) {
    Tensor y = pass.tensor(1);
    y.set(0, size);
    Call outer = pass.begin(Function.named(function), Arguments.NONE);
    pass.end(pass.begin(Aten.ARANGE, Arguments.NONE), y);
    return pass.end(outer, y);
  }

  static Tensor squeeze(String function, Tensor x, int dim) {
    int at = Sizes.dim(x, dim, function);
    boolean gone = x.rank() > 0 && x.size(at) == 1;
    if (!gone) {
      return record(function, Aten.SQUEEZE, x, Layout.identical(x.pass().like(x), x));
    }
    int[] left = Rearranged.without(x, at);
    Tensor y = x.pass().tensor(left.length).by(new Rearranged(x, left));
    return record(function, Aten.SQUEEZE, x, Layout.squeezed(y, x, left));
  }

  static Tensor unsqueeze(String function, Tensor x, int dim) {
    return record(function, Aten.UNSQUEEZE, x, unsqueezed(x, newDim(x, dim, function)));
  }

  /** The place of a dimension that is added, counted from the front, checked. */
  private static int newDim(Tensor x, int dim, String function) {
    int positive = dim < 0 ? dim + x.rank() + 1 : dim;
    if (positive < 0 || positive > x.rank()) {
      throw new ShapeException(
          "%s: no dimension %d can be added to a tensor of %s".formatted(function, dim, x));
    }
    return positive;
  }

  static Tensor unsqueezed(Tensor x, int dim) {
    Tensor y = x.pass().tensor(x.rank() + 1).by(Rearranged.with(x, dim));
    return Layout.unsqueezed(y, x, dim);
  }

  static Tensor slice(Tensor x, int dim, long from, long to, long step) {
    String function = "Tensor.__getitem__";
    int at = Sizes.dim(x, dim, function);
    long size = x.size(at);
    long first = Math.min(size, Math.max(0, from < 0 ? from + size : from));
    long last = Math.min(size, Math.max(first, to < 0 ? to + size : to));
    return record(function, Aten.SLICE, x, taken(x, at, (last - first + step - 1) / step, step));
  }

  /** So many positions along a dimension that was looked at, every {@code step}-th. */
  static Tensor taken(Tensor x, int dim, long size, long step) {
    Tensor y = x.pass().tensor(x.rank()).by(new Taken(x, dim, size));
    return Layout.taken(y, x, dim, step);
  }

  static Tensor select(String function, Tensor x, int dim, long index) {
    return record(function, Aten.SELECT, x, selected(x, dim, index, function));
  }

  static Tensor selected(Tensor x, int dim, long index, String function) {
    int at = Sizes.dim(x, dim, function);
    if (index >= x.size(at) || index < -x.size(at)) {
      throw new ShapeException(
          "%s: index %d is out of range for dimension %d of a tensor of %s"
              .formatted(function, index, dim, x));
    }
    return rearranged(x, Rearranged.without(x, at));
  }

  static Tensor index(Tensor x, Shape indices) {
    return record("Tensor.__getitem__", Aten.INDEX, x, indexed(x, indices));
  }

  private static Tensor indexed(Tensor x, Shape indices) {
    Tensor y = x.pass().tensor(indices.rank() + x.rank() - 1);
    for (int i = 0; i < y.rank(); i++) {
      y.set(i, i < indices.rank() ? indices.size(i) : x.size(i - indices.rank() + 1));
    }
    return y;
  }

  static Tensor index(Tensor x, Tensor indices) {
    return Recording.call(
        Function.named("Tensor.__getitem__"),
        Aten.INDEX,
        Arguments.NONE,
        x,
        indices,
        indexed(x, indices.shape()));
  }

  static Tensor indexSelect(String function, Tensor x, int dim, Tensor indices) {
    Tensor y = x.pass().resizable(x);
    y.set(Sizes.dim(x, dim, function), indices.numel());
    return Recording.call(
        Function.named(function), Aten.INDEX_SELECT, Arguments.NONE, x, indices, y);
  }

  static Tensor[] chunk(String function, Tensor x, int parts, int dim) {
    long size = x.size(Sizes.dim(x, dim, function));
    if (parts < 1) {
      throw new ShapeException("%s makes 1 part or more, not %d".formatted(function, parts));
    }
    return parts(function, Aten.CHUNK, x, evenly(size, (size + parts - 1) / parts), dim);
  }

  static Tensor[] split(String function, Tensor x, long size, int dim) {
    if (size < 1) {
      throw new ShapeException("%s makes parts of 1 or more, not %d".formatted(function, size));
    }
    return parts(function, Aten.SPLIT, x, evenly(x.size(Sizes.dim(x, dim, function)), size), dim);
  }

  static Tensor[] split(String function, Tensor x, long[] sizes, int dim) {
    if (Arrays.stream(sizes).sum() != x.size(Sizes.dim(x, dim, function))
        || Arrays.stream(sizes).anyMatch(size -> size < 0)) {
      throw new ShapeException(
          "%s: parts of %s do not add up to dimension %d of a tensor of %s"
              .formatted(function, Arrays.toString(sizes), dim, x));
    }
    return parts(function, Aten.SPLIT, x, sizes, dim);
  }

  static Tensor[] tensorSplit(String function, Tensor x, long index, int dim) {
    long size = x.size(Sizes.dim(x, dim, function));
    long first = Math.min(size, index);
    return parts(function, Aten.SPLIT, x, new long[] {first, size - first}, dim);
  }

  private static long[] evenly(long size, long part) {
    long step = Math.max(1, part);
    long[] sizes = new long[(int) Math.max(1, (size + step - 1) / step)];
    Arrays.fill(sizes, step);
    sizes[sizes.length - 1] = size - step * (sizes.length - 1);
    return sizes;
  }

  private static Tensor[] parts(
      String function, Operator operator, Tensor x, long[] sizes, int dim) {
    int at = Sizes.dim(x, dim, function);
    Tensor[] parts = new Tensor[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      parts[i] = taken(x, at, sizes[i], 1);
    }
    return Recording.call(
        Function.named(function), operator, Arguments.NONE, new Tensor[] {x}, parts);
  }

  static Tensor[] unbind(String function, Tensor x, int dim) {
    int at = Sizes.dim(x, dim, function);
    Tensor[] parts = new Tensor[Math.toIntExact(x.size(at))];
    for (int p = 0; p < parts.length; p++) {
      parts[p] = rearranged(x, Rearranged.without(x, at));
    }
    return Recording.call(
        Function.named(function), Aten.UNBIND, Arguments.NONE, new Tensor[] {x}, parts);
  }

  static Tensor cat(String function, Tensor[] tensors, int dim) {
    Tensor first = tensors[0];
    int at = Sizes.dim(first, dim, function);
    Tensor y = first.pass().tensor(first.rank()).by(new Joined(tensors.clone(), at, function));
    Layout.suggested(y, tensors);
    return Recording.call(
        Function.named(function), Aten.CAT, Arguments.NONE, tensors, new Tensor[] {y})[0];
  }

  static Tensor stack(Tensor[] tensors, int dim) {
    Tensor first = tensors[0];
    int at = newDim(first, dim, "torch.stack");
    for (Tensor tensor : tensors) {
      if (!tensor.shape().equals(first.shape())) {
        throw new ShapeException(
            "torch.stack expects tensors of one shape but they are %s and %s"
                .formatted(first, tensor));
      }
    }
    Tensor y = first.pass().tensor(first.rank() + 1);
    for (int i = 0; i < y.rank(); i++) {
      y.set(i, i == at ? tensors.length : first.size(i > at ? i - 1 : i));
    }
    return Recording.call(
        Function.named("torch.stack"), Aten.STACK, Arguments.NONE, tensors, new Tensor[] {y})[0];
  }

  static Tensor record(String function, Operator operator, Tensor x, Tensor y) {
    return Recording.call(Function.named(function), operator, Arguments.NONE, x, y);
  }
}
