package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;

/**
 * How the numbers of results lie in memory, which decides what ATen runs for them: a linear layer
 * over a transposed input is another operator than over a plain one.
 *
 * <p>Tensors lie row by row unless this class says otherwise. The rules are those of torch 2.6's
 * CPU and meta devices: TensorIterator's order of strides (aten/src/ATen/TensorIterator.cpp,
 * reorder_dimensions), suggest_memory_format (c10/core/MemoryFormat.h) and computeStride
 * (aten/src/ATen/TensorUtils.cpp). Every method returns the result it was given. A rule is kept
 * with the result only where an operand has one, since else its numbers lie row by row at any size.
 */
final class Layout {
  private Layout() {}

  /** The result is the operand itself, or written into it. */
  static Tensor identical(Tensor y, Tensor x) {
    if (!x.isLaid()) {
      return y;
    }
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            return x.strided() ? strides(x) : null;
          }
        });
  }

  /** What one operand decides for an operator: written into it, or in the order of its strides. */
  static Tensor of(Operator operator, Tensor y, Tensor x) {
    return operator.inPlace() ? identical(y, x) : elementwise(y, x);
  }

  /** An operation element by element: the dimensions in the order of the operand's strides. */
  static Tensor elementwise(Tensor y, Tensor x) {
    if (!x.isLaid()) {
      return y;
    }
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            return x.strided() ? ordered(self, x, x) : null;
          }
        });
  }

  /** The same of two operands: the second decides what the first leaves open. */
  static Tensor elementwise(Tensor y, Tensor x, Tensor x2) {
    if (!x.isLaid() && !x2.isLaid()) {
      return y;
    }
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            return x.strided() || x2.strided() ? ordered(self, x, x2) : null;
          }
        });
  }

  /** Channels last for an operand that has its channels last, as convolutions and poolings do. */
  static Tensor suggested(Tensor y, Tensor x) {
    if (!x.isLaid() || y.rank() != x.rank()) {
      return y;
    }
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            return channelsLast(x) ? channelsLastStrides(self) : null;
          }
        });
  }

  /** A result over several operands, channels last if all of them are. */
  static Tensor suggested(Tensor y, Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (!tensor.isLaid() || tensor.rank() != y.rank()) {
        return y;
      }
    }
    Tensor[] operands = tensors.clone();
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            return channelsLast(operands) ? channelsLastStrides(self) : null;
          }
        });
  }

  /** A view of the same numbers under other sizes; row by row where that takes a copy. */
  static Tensor viewed(Tensor y, Tensor x) {
    if (!x.isLaid()) {
      return y;
    }
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            return viewedStrides(self, x);
          }
        });
  }

  /** The same numbers with their dimensions in another order, a dimension of the operand each. */
  static Tensor rearranged(Tensor y, Tensor x, int... dims) {
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            return strides(x, dims);
          }
        });
  }

  /** A dimension more, at the given place; what was row by row stays so. */
  static Tensor unsqueezed(Tensor y, Tensor x, int dim) {
    if (!x.isLaid()) {
      return y;
    }
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            return x.strided() ? withDimension(x, dim) : null;
          }
        });
  }

  /** A dimension of size 1 less, and the given ones left; what was row by row stays so. */
  static Tensor squeezed(Tensor y, Tensor x, int... dims) {
    if (!x.isLaid()) {
      return y;
    }
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            return x.strided() ? strides(x, dims) : null;
          }
        });
  }

  /** The same numbers again and again, along some dimensions. */
  static Tensor expanded(Tensor y, Tensor x) {
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            int added = self.rank() - x.rank();
            long[] strides = new long[self.rank()];
            for (int i = added; i < strides.length; i++) {
              strides[i] = x.extent(i - added) == self.extent(i) ? x.stride(i - added) : 0;
            }
            return strides;
          }
        });
  }

  /** Some positions along one dimension, every {@code step}-th. */
  static Tensor taken(Tensor y, Tensor x, int dim, long step) {
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            long[] strides = strides(x);
            strides[dim] *= step;
            return strides;
          }
        });
  }

  /** {@code [batch, steps, features]} that is a view of {@code [steps, batch, features]}. */
  static Tensor stepsFirst(Tensor y) {
    return y.laid(
        new Strides() {
          @Override
          long @Nullable [] of(Tensor self) {
            return new long[] {self.extent(2), self.extent(2) * self.extent(0), 1};
          }
        });
  }

  private static long[] strides(Tensor x) {
    long[] strides = new long[x.rank()];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = x.stride(i);
    }
    return strides;
  }

  private static long[] strides(Tensor x, int[] dims) {
    long[] strides = new long[dims.length];
    for (int i = 0; i < dims.length; i++) {
      strides[i] = x.stride(dims[i]);
    }
    return strides;
  }

  private static long[] withDimension(Tensor x, int dim) {
    long[] strides = new long[x.rank() + 1];
    for (int i = 0; i < strides.length; i++) {
      strides[i] =
          i != dim
              ? x.stride(i > dim ? i - 1 : i)
              : dim < x.rank() ? x.extent(dim) * x.stride(dim) : 1;
    }
    return strides;
  }

  private static long @Nullable [] viewedStrides(Tensor y, Tensor x) {
    if (!x.strided() || x.elements() == 0) {
      return null;
    }
    long[] strides = new long[y.rank()];
    int at = y.rank() - 1;
    long chunk = 1;
    long chunkStride = x.rank() == 0 ? 1 : x.stride(x.rank() - 1);
    for (int i = x.rank() - 1; i >= 0; i--) {
      chunk *= x.extent(i);
      boolean ends = i == 0 || (x.extent(i - 1) != 1 && x.stride(i - 1) != chunk * chunkStride);
      if (ends) {
        long filled = 1;
        while (at >= 0 && (filled < chunk || y.extent(at) == 1)) {
          strides[at] = filled * chunkStride;
          filled *= y.extent(at--);
        }
        if (filled != chunk) {
          return null;
        }
        if (i > 0) {
          chunk = 1;
          chunkStride = x.stride(i - 1);
        }
      }
    }
    return at < 0 ? strides : null;
  }

  private static long[] ordered(Tensor y, Tensor a, Tensor b) {
    int rank = y.rank();
    int[] order = new int[rank];
    for (int i = 0; i < rank; i++) {
      order[i] = rank - 1 - i;
    }
    for (int i = 1; i < rank; i++) {
      int moving = i;
      for (int other = i - 1; other >= 0; other--) {
        int comparison = compare(y, a, b, order[other], order[moving]);
        if (comparison < 0) {
          break;
        } else if (comparison > 0) {
          int dim = order[other];
          order[other] = order[moving];
          order[moving] = dim;
          moving = other;
        }
      }
    }
    long[] strides = new long[rank];
    long stride = 1;
    for (int dim : order) {
      strides[dim] = stride;
      stride *= y.extent(dim);
    }
    return strides;
  }

  /** Which of two dimensions of a result runs slower: positive if the first does. */
  private static int compare(Tensor y, Tensor a, Tensor b, int dim, int dim2) {
    int first = compare(y, a, dim, dim2);
    return first != 0 || a == b ? first : compare(y, b, dim, dim2);
  }

  private static int compare(Tensor y, Tensor x, int dim, int dim2) {
    long stride = broadcastStride(y, x, dim);
    long stride2 = broadcastStride(y, x, dim2);
    if (stride == 0 || stride2 == 0) {
      return 0;
    }
    return stride != stride2
        ? Long.compare(stride, stride2)
        : y.extent(dim) > y.extent(dim2) ? 1 : 0;
  }

  private static long broadcastStride(Tensor y, Tensor x, int dim) {
    int own = dim - (y.rank() - x.rank());
    return own < 0 || (x.extent(own) == 1 && y.extent(dim) != 1) ? 0 : x.stride(own);
  }

  private static boolean channelsLast(Tensor[] all) {
    for (Tensor x : all) {
      if (!channelsLast(x)) {
        return false;
      }
    }
    return true;
  }

  static boolean channelsLast(Tensor x) {
    if (!x.strided() || x.rank() < 4 || x.rank() > 5 || x.stride(1) == 0) {
      return false;
    }
    long least = 0;
    for (int i = 0; i < x.rank(); i++) {
      int dim = i == 0 ? 1 : i == x.rank() - 1 ? 0 : x.rank() - i;
      if (x.extent(dim) == 0 || x.stride(dim) < least || (dim == 0 && least == x.stride(1))) {
        return false;
      }
      least = x.stride(dim) * Math.max(1, x.extent(dim));
    }
    return true;
  }

  private static long[] channelsLastStrides(Tensor y) {
    long[] strides = new long[y.rank()];
    long stride = y.extent(1);
    strides[1] = 1;
    for (int dim = y.rank() - 1; dim >= 2; dim--) {
      strides[dim] = stride;
      stride *= y.extent(dim);
    }
    strides[0] = stride;
    return strides;
  }
}
