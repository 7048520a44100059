package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** {@code x[...]} and {@code x[...] = y}: one function each, an operator for each part inside. */
final class Subscripts {
  private Subscripts() {}

  static Tensor get(Tensor x, Index... parts) {
    ForwardPass pass = x.pass();
    Call outer = pass.begin(Function.named("Tensor.__getitem__"), Arguments.NONE).in(x);
    return pass.end(outer, part(x, parts, outer.callee().key()));
  }

  /** Writes another tensor, or a number where there is none, into a part of a tensor. */
  static void assign(Tensor x, @Nullable Tensor value, Index... parts) {
    ForwardPass pass = x.pass();
    Call outer = pass.begin(Function.named("Tensor.__setitem__"), Arguments.NONE).in(x, value);
    Tensor part = part(x, parts, outer.callee().key());
    if (value == null) {
      Recording.operator(Aten.FILL_, Arguments.NONE, part, part);
    } else {
      Recording.operator(Aten.COPY_, Arguments.NONE, part, value, part);
    }
    pass.end(outer, x);
  }

  private static Tensor part(Tensor x, Index[] parts, String function) {
    int named = 0;
    for (Index part : parts) {
      named += part.kind() == Index.Kind.RANGE || part.kind() == Index.Kind.POSITION ? 1 : 0;
    }
    if (named > x.rank()) {
      throw new ShapeException("%s: %d indices for a tensor of %s".formatted(function, named, x));
    }
    Tensor y = x;
    int dim = 0;
    for (Index part : parts) {
      switch (part.kind()) {
        case RANGE -> y = range(y, dim++, part);
        case POSITION -> y = position(y, dim, part.from(), function);
        case NEW -> {
          Tensor wider = Views.unsqueezed(y, dim++);
          y = Recording.operator(Aten.UNSQUEEZE, Arguments.NONE, y, wider);
        }
        case REST -> dim += x.rank() - named;
      }
    }
    return y;
  }

  private static Tensor range(Tensor x, int dim, Index part) {
    if (part.isAll()) {
      return x; // whatever its size
    }
    long size = part.sizeOf(x.size(dim));
    return size == x.size(dim)
        ? x
        : Recording.operator(Aten.SLICE, Arguments.NONE, x, Views.taken(x, dim, size, part.step()));
  }

  private static Tensor position(Tensor x, int dim, long index, String function) {
    return Recording.operator(
        Aten.SELECT, Arguments.NONE, x, Views.selected(x, dim, index, function));
  }
}
