package org.whichflops.engine.tensor;

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
    Tensor y = pass(a, b).tensor(rank);
    broadcastInto(y, a, b, 0, function);
    return y;
  }

  /** Broadcasts all dimensions but the last {@code kept}, which are left to the caller. */
  static void broadcastInto(Tensor y, Tensor a, Tensor b, int kept, String function) {
    for (int i = kept + 1; i <= y.rank(); i++) {
      long left = i <= a.rank() ? a.size(-i) : 1;
      long right = i <= b.rank() ? b.size(-i) : 1;
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
    Tensor y = x.pass().tensor(kept);
    int at = 0;
    for (int i = 0; i < x.rank(); i++) {
      boolean gone = ((over >> i) & 1) != 0;
      if (!gone || keepDim) {
        y.set(at++, gone ? 1 : x.size(i));
      }
    }
    return y;
  }

  /** The sizes asked for, with one -1 worked out from the number of elements. */
  static Tensor viewed(Tensor x, long[] sizes, String function) {
    Tensor y = x.pass().tensor(sizes.length);
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
        y.set(i, sizes[i]);
      }
    }
    long numel = x.numel();
    if (open >= 0 && known != 0 && numel % known == 0) {
      y.set(open, numel / known);
    } else if (open >= 0 || known != numel) {
      throw new ShapeException(
          "%s: a tensor of %s cannot be given the sizes %s"
              .formatted(function, x, java.util.Arrays.toString(sizes)));
    }
    return y;
  }
}
