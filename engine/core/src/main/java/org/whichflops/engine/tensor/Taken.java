package org.whichflops.engine.tensor;

/**
 * The sizes of a tensor with another one along a dimension: how many positions were taken of it.
 * That depends on the dimension's size, which is to be looked at.
 */
final class Taken extends Origin {
  private final Tensor x;
  private final int dim;
  private final long size;

  Taken(Tensor x, int dim, long size) {
    this.x = x;
    this.dim = dim;
    this.size = size;
  }

  @Override
  void resize(Tensor result) {
    result.take(x);
    result.set(dim, size);
  }

  @Override
  SymbolicShape symbolic(Symbols symbols) {
    Polynomial[] sizes = x.symbolic(symbols).sizes();
    sizes[dim] = symbols.constant(size);
    return new SymbolicShape(symbols, sizes);
  }
}
