package org.whichflops.engine.tensor;

/** The sizes of a tensor in another order, without some that do not matter, and with ones added. */
final class Rearranged extends Origin {
  /** A dimension of size 1 that the tensor does not have. */
  static final int NEW = -1;

  private final Tensor x;
  private final int[] dims;

  /**
   * A rule.
   *
   * @param dims which dimension of the tensor each of the result's is, or {@link #NEW}
   */
  Rearranged(Tensor x, int... dims) {
    this.x = x;
    this.dims = dims;
  }

  /** All dimensions of a tensor but one, which is to be looked at where it matters. */
  static int[] without(Tensor x, int dim) {
    int[] dims = new int[x.rank() - 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i >= dim ? i + 1 : i;
    }
    return dims;
  }

  /** All dimensions and one more. */
  static Rearranged with(Tensor x, int dim) {
    int[] dims = new int[x.rank() + 1];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = i == dim ? NEW : i > dim ? i - 1 : i;
    }
    return new Rearranged(x, dims);
  }

  @Override
  void resize(Tensor result) {
    for (int i = 0; i < dims.length; i++) {
      result.set(i, dims[i] == NEW ? 1 : x.extent(dims[i]));
    }
  }

  @Override
  SymbolicShape symbolic(Symbols symbols) {
    SymbolicShape of = x.symbolic(symbols);
    Polynomial[] sizes = new Polynomial[dims.length];
    for (int i = 0; i < dims.length; i++) {
      sizes[i] = dims[i] == NEW ? symbols.constant(1) : of.size(dims[i]);
    }
    return new SymbolicShape(symbols, sizes);
  }
}
