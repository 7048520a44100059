package org.whichflops.engine.tensor;

import java.util.Arrays;
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
    Batch batch(Tensor result) {
      if (a.batch() == Batch.NOWHERE && b.batch() == Batch.NOWHERE) {
        return Batch.NOWHERE;
      }
      return fits(a, result) && fits(b, result) ? Batch.FIRST : Batch.ANYWHERE;
    }

    /** Whether the first size of the result depends on the batch alone, for all of an operand. */
    private static boolean fits(Tensor operand, Tensor result) {
      return operand.batch() == Batch.FIRST
          ? operand.rank() == result.rank()
          : operand.batch() == Batch.NOWHERE && operand.rank() < result.rank();
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
    Batch batch(Tensor result) {
      boolean first = (over & 1) != 0;
      return first && x.batch() == Batch.FIRST ? Batch.ANYWHERE : x.batch();
    }
  }

  /** The sizes asked for, with one -1 worked out from the number of elements. */
  static Tensor viewed(Tensor x, long[] sizes, String function) {
    return x.pass().tensor(sizes.length).by(new Viewed(x, sizes.clone(), function));
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
      long known = 1;
      int open = -1;
      for (int i = 0; i < sizes.length; i++) {
        if (sizes[i] == -1 && open < 0) {
          open = i;
        } else if (sizes[i] < 0) {
          throw new ShapeException(
              "%s: sizes are 0 or more with one -1 at most but one is %d"
                  .formatted(function, sizes[i]));
        } else {
          known = Math.multiplyExact(known, sizes[i]);
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
    Batch batch(Tensor result) {
      boolean rows = sizes.length > 0 && sizes[0] == -1;
      return x.batch() == Batch.FIRST && !rows ? Batch.ANYWHERE : x.batch();
    }
  }
}
