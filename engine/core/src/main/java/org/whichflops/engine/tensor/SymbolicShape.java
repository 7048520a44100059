package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;

/** The sizes of a tensor for whatever input, the same object for tensors that are alike. */
final class SymbolicShape {
  private final Symbols symbols;
  private final Polynomial[] sizes;
  private @Nullable Polynomial elements;
  private @Nullable Polynomial spatial;

  SymbolicShape(Symbols symbols, Polynomial... sizes) {
    this.symbols = symbols;
    this.sizes = sizes;
  }

  int rank() {
    return sizes.length;
  }

  /** One size; a negative dimension counts from the end. */
  Polynomial size(int dim) {
    return sizes[dim < 0 ? dim + sizes.length : dim];
  }

  Symbols symbols() {
    return symbols;
  }

  /** This with other sizes, which nobody changes. */
  Polynomial[] sizes() {
    return sizes.clone();
  }

  /** The product of some sizes. */
  Polynomial product(int from, int to) {
    Polynomial product = symbols.constant(1);
    for (int i = from; i < to; i++) {
      product = product.times(sizes[i]);
    }
    return product;
  }

  /** The number of elements. */
  Polynomial elements() {
    Polynomial known = elements;
    if (known == null) {
      known = product(0, sizes.length);
      elements = known;
    }
    return known;
  }

  /** The product of all sizes after the second. */
  Polynomial spatial() {
    Polynomial known = spatial;
    if (known == null) {
      known = product(2, sizes.length);
      spatial = known;
    }
    return known;
  }
}
