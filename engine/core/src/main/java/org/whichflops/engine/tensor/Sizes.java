package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** The shapes of results whose rules are not tied to one operator. */
final class Sizes {
  private Sizes() {}

  /** The pass that the first tensor which has one belongs to. */
  static ForwardPass pass(Tensor a, Tensor b) {
    return a.inPass() ? a.pass() : b.pass();
  }

  /** A dimension counted from the front, checked. */
  static int dim(Tensor x, int dim, String function) {
    int rank = x.rank();
    int positive = dim < 0 ? dim + rank : dim;
    if (positive < 0 || positive >= Math.max(rank, 1)) {
      throw new ShapeException(
          "%s: dimension %d is out of range for a tensor of %s".formatted(function, dim, x));
    }
    return positive;
  }

  /** NumPy's broadcasting, aligned at the last dimension. */
  static Tensor broadcast(Tensor a, Tensor b, String function) {
    int rank = Math.max(a.rank(), b.rank());
    return pass(a, b).tensor(rank).by(new Broadcast(a, b, function));
  }

  /** The sizes of two tensors that are broadcast. */
  private static final class Broadcast extends Origin {
    private final Tensor a;
    private final Tensor b;
    private final String function;

    Broadcast(Tensor a, Tensor b, String function) {
      this.a = a;
      this.b = b;
      this.function = function;
    }

    @Override
    void resize(Tensor result) {
      broadcastInto(result, a, b, 0, function);
    }

    @Override
    @Nullable SymbolicShape symbolic(Symbols symbols) {
      SymbolicShape left = a.symbolic(symbols);
      SymbolicShape right = b.symbolic(symbols);
      Polynomial[] sizes = new Polynomial[Math.max(left.rank(), right.rank())];
      for (int i = 1; i <= sizes.length; i++) {
        Polynomial of = i <= left.rank() ? left.size(-i) : symbols.constant(1);
        Polynomial other = i <= right.rank() ? right.size(-i) : symbols.constant(1);
        if (!of.isConstant(1) && !other.isConstant(1) && !of.equals(other)) {
          return null;
        }
        sizes[sizes.length - i] = of.isConstant(1) ? other : of;
      }
      return new SymbolicShape(symbols, sizes);
    }
  }

  /** Broadcasts all dimensions but the last {@code kept}, which are left to the caller. */
  static void broadcastInto(Tensor y, Tensor a, Tensor b, int kept, String function) {
    for (int i = kept + 1; i <= y.rank(); i++) {
      long left = i <= a.rank() ? a.extent(-i) : 1;
      long right = i <= b.rank() ? b.extent(-i) : 1;
      if (left != right && left != 1 && right != 1) {
        throw new ShapeException(
            "%s: sizes %s and %s do not broadcast: %d and %d at dimension -%d"
                .formatted(function, a, b, left, right, i));
      }
      y.set(y.rank() - i, left == 1 ? right : left);
    }
  }

  /** The product of two operands of any rank, as torch.matmul combines them. */
  static Tensor product(Tensor a, Tensor b, String function) {
    if (a.rank() == 0 || b.rank() == 0) {
      throw new ShapeException(
          "%s expects tensors of one dimension or more but they are %s and %s"
              .formatted(function, a, b));
    }
    long inner = b.rank() == 1 ? b.size(0) : b.size(-2);
    if (a.size(-1) != inner) {
      throw new ShapeException(
          "%s expects the last size of the first tensor to equal the second-last of the other "
                  .formatted(function)
              + "but they are %s and %s".formatted(a, b));
    }
    int rows = a.rank() == 1 ? 0 : 1;
    int columns = b.rank() == 1 ? 0 : 1;
    int batch = Math.max(0, Math.max(a.rank(), b.rank()) - 2);
    ForwardPass pass = pass(a, b);
    Tensor y = pass.tensor(batch + rows + columns);
    for (int i = 1; i <= batch; i++) {
      long left = i + 2 <= a.rank() ? a.size(-i - 2) : 1;
      long right = i + 2 <= b.rank() ? b.size(-i - 2) : 1;
      if (left != right && left != 1 && right != 1) {
        throw new ShapeException(
            "%s: the batches of %s and %s do not broadcast".formatted(function, a, b));
      }
      y.set(batch - i, left == 1 ? right : left);
    }
    if (rows == 1) {
      y.set(batch, a.size(-2));
    }
    if (columns == 1) {
      y.set(y.rank() - 1, b.size(-1));
    }
    return y;
  }

  /** What is left after a reduction over dimensions; none at all means over every one. */
  static Tensor reduced(Tensor x, int[] dims, boolean keepDim, String function) {
    long over = 0;
    for (int dim : dims) {
      long bit = 1L << dim(x, dim, function);
      if ((over & bit) != 0) {
        throw new ShapeException(
            "%s: dimension %d of a tensor of %s is named twice".formatted(function, dim, x));
      }
      over |= bit;
    }
    if (dims.length == 0) {
      over = -1;
    }
    int kept = 0;
    for (int i = 0; i < x.rank(); i++) {
      kept += keepDim || ((over >> i) & 1) == 0 ? 1 : 0;
    }
    return x.pass().tensor(kept).by(new Reduced(x, over, keepDim));
  }

  /** The sizes that are left of a tensor. */
  private static final class Reduced extends Origin {
    private final Tensor x;

    /** The dimensions that are reduced, a bit each. */
    private final long over;

    private final boolean keepDim;

    Reduced(Tensor x, long over, boolean keepDim) {
      this.x = x;
      this.over = over;
      this.keepDim = keepDim;
    }

    @Override
    void resize(Tensor result) {
      int at = 0;
      for (int i = 0; i < x.rank(); i++) {
        boolean gone = ((over >> i) & 1) != 0;
        if (!gone || keepDim) {
          result.set(at++, gone ? 1 : x.extent(i));
        }
      }
    }

    @Override
    SymbolicShape symbolic(Symbols symbols) {
      SymbolicShape of = x.symbolic(symbols);
      List<Polynomial> sizes = new ArrayList<>();
      for (int i = 0; i < of.rank(); i++) {
        boolean gone = ((over >> i) & 1) != 0;
        if (!gone || keepDim) {
          sizes.add(gone ? symbols.constant(1) : of.size(i));
        }
      }
      return new SymbolicShape(symbols, sizes.toArray(Polynomial[]::new));
    }
  }

  /** The sizes asked for, with one -1 worked out from the number of elements. */
  static Tensor viewed(Tensor x, long[] sizes, String function) {
    return x.pass().tensor(sizes.length).by(new Viewed(x, sizes.clone(), function));
  }

  /** The product of sizes that were asked for, without the one that may be -1 and follows. */
  static long known(long[] sizes, String function) {
    long known = 1;
    int open = 0;
    for (long size : sizes) {
      open += size == -1 ? 1 : 0;
      if (size < -1 || open > 1) {
        throw new ShapeException(
            "%s: sizes are 0 or more with one -1 at most but one is %d".formatted(function, size));
      }
      known = size == -1 ? known : Math.multiplyExact(known, size);
    }
    return known;
  }

  /** Sizes that were asked for. */
  private static final class Viewed extends Origin {
    private final Tensor x;
    private final long[] sizes;
    private final String function;

    Viewed(Tensor x, long[] sizes, String function) {
      this.x = x;
      this.sizes = sizes;
      this.function = function;
    }

    @Override
    void resize(Tensor result) {
      long known = known(sizes, function);
      int open = -1;
      for (int i = 0; i < sizes.length; i++) {
        if (sizes[i] == -1) {
          open = i;
        } else {
          result.set(i, sizes[i]);
        }
      }
      long numel = x.elements();
      if (open >= 0 && known != 0 && numel % known == 0) {
        result.set(open, numel / known);
      } else if (open >= 0 || known != numel) {
        throw new ShapeException(
            "%s: a tensor of %s cannot be given the sizes %s"
                .formatted(function, x, Arrays.toString(sizes)));
      }
    }

    @Override
    @Nullable SymbolicShape symbolic(Symbols symbols) {
      Polynomial[] all = new Polynomial[sizes.length];
      int open = -1;
      long known = known(sizes, function);
      for (int i = 0; i < all.length; i++) {
        all[i] = symbols.constant(sizes[i]);
        open = sizes[i] == -1 ? i : open;
      }
      Polynomial elements = symbols.mustFit(x.symbolic(symbols).elements());
      if (open < 0 || known == 0) {
        return elements.isConstant(known) ? new SymbolicShape(symbols, all) : null;
      }
      Polynomial left = elements.dividedBy(symbols.constant(known));
      if (left == null) {
        return null;
      }
      all[open] = left;
      return new SymbolicShape(symbols, all);
    }
  }
}
