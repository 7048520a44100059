package org.whichflops.engine.tensor;

/**
 * How the numbers of results lie in memory, which decides what ATen runs for them: a linear layer
 * over a transposed input is another operator than over a plain one.
 *
 * <p>Tensors lie row by row unless this class says otherwise. The rules are those of torch 2.6's
 * CPU and meta devices: TensorIterator's order of strides (aten/src/ATen/TensorIterator.cpp,
 * reorder_dimensions), suggest_memory_format (c10/core/MemoryFormat.h) and computeStride
 * (aten/src/ATen/TensorUtils.cpp). Every method returns the result it was given.
 */
final class Layout {
  private Layout() {}

  /** The result is the operand itself, or written into it. */
  static Tensor identical(Tensor y, Tensor x) {
    if (x.strided()) {
      for (int i = 0; i < y.rank(); i++) {
        y.stride(i, x.stride(i));
      }
    }
    return y;
  }

  /** What one operand decides for an operator: written into it, or in the order of its strides. */
  static Tensor of(Operator operator, Tensor y, Tensor x) {
    return operator.inPlace() ? identical(y, x) : elementwise(y, x);
  }

  /** An operation element by element: the dimensions in the order of the operand's strides. */
  static Tensor elementwise(Tensor y, Tensor x) {
    return x.strided() ? ordered(y, x, x) : y;
  }

  /** The same of two operands: the second decides what the first leaves open. */
  static Tensor elementwise(Tensor y, Tensor x, Tensor x2) {
    return x.strided() || x2.strided() ? ordered(y, x, x2) : y;
  }

  /** Channels last for an operand that has its channels last, as convolutions and poolings do. */
  static Tensor suggested(Tensor y, Tensor x) {
    return channelsLast(x) && y.rank() == x.rank() ? channelsLastStrides(y) : y;
  }

  /** A result over several operands, channels last if all of them are. */
  static Tensor suggested(Tensor y, Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (!channelsLast(tensor) || tensor.rank() != y.rank()) {
        return y;
      }
    }
    return channelsLastStrides(y);
  }

  /** A view of the same numbers under other sizes; row by row where that takes a copy. */
  static Tensor viewed(Tensor y, Tensor x) {
    if (!x.strided() || x.numel() == 0) {
      return y;
    }
    int at = y.rank() - 1;
    long chunk = 1;
    long chunkStride = x.rank() == 0 ? 1 : x.stride(x.rank() - 1);
    for (int i = x.rank() - 1; i >= 0; i--) {
      chunk *= x.size(i);
      boolean ends = i == 0 || (x.size(i - 1) != 1 && x.stride(i - 1) != chunk * chunkStride);
      if (ends) {
        long filled = 1;
        while (at >= 0 && (filled < chunk || y.size(at) == 1)) {
          y.stride(at, filled * chunkStride);
          filled *= y.size(at--);
        }
        if (filled != chunk) {
          return y.plain();
        }
        if (i > 0) {
          chunk = 1;
          chunkStride = x.stride(i - 1);
        }
      }
    }
    return at < 0 ? y : y.plain();
  }

  /** Some positions along one dimension, every {@code step}-th. */
  static Tensor taken(Tensor y, Tensor x, int dim, long step) {
    for (int i = 0; i < y.rank(); i++) {
      y.stride(i, i == dim ? x.stride(i) * step : x.stride(i));
    }
    return y;
  }

  /** One position along a dimension, which goes away. */
  static Tensor without(Tensor y, Tensor x, int dim) {
    for (int i = 0; i < y.rank(); i++) {
      y.stride(i, x.stride(i >= dim ? i + 1 : i));
    }
    return y;
  }

  /** {@code [batch, steps, features]} that is a view of {@code [steps, batch, features]}. */
  static Tensor stepsFirst(Tensor y) {
    y.stride(2, 1);
    y.stride(0, y.size(2));
    y.stride(1, y.size(2) * y.size(0));
    return y;
  }

  private static Tensor ordered(Tensor y, Tensor a, Tensor b) {
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
    long stride = 1;
    for (int dim : order) {
      y.stride(dim, stride);
      stride *= y.size(dim);
    }
    return y;
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
    return stride != stride2 ? Long.compare(stride, stride2) : y.size(dim) > y.size(dim2) ? 1 : 0;
  }

  private static long broadcastStride(Tensor y, Tensor x, int dim) {
    int own = dim - (y.rank() - x.rank());
    return own < 0 || (x.size(own) == 1 && y.size(dim) != 1) ? 0 : x.stride(own);
  }

  static boolean channelsLast(Tensor x) {
    if (!x.strided() || x.rank() < 4 || x.rank() > 5 || x.stride(1) == 0) {
      return false;
    }
    long least = 0;
    for (int i = 0; i < x.rank(); i++) {
      int dim = i == 0 ? 1 : i == x.rank() - 1 ? 0 : x.rank() - i;
      if (x.size(dim) == 0 || x.stride(dim) < least || (dim == 0 && least == x.stride(1))) {
        return false;
      }
      least = x.stride(dim) * Math.max(1, x.size(dim));
    }
    return true;
  }

  private static Tensor channelsLastStrides(Tensor y) {
    long stride = y.size(1);
    y.stride(1, 1);
    for (int dim = y.rank() - 1; dim >= 2; dim--) {
      y.stride(dim, stride);
      stride *= y.size(dim);
    }
    y.stride(0, stride);
    return y;
  }
}
