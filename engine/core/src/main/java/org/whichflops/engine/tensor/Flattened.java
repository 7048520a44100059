package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.List;

/** The sizes of a tensor, some of which are multiplied. */
final class Flattened extends Origin {
  private final Tensor x;
  private final int first;
  private final int last;

  Flattened(Tensor x, int first, int last) {
    this.x = x;
    this.first = first;
    this.last = last;
  }

  @Override
  void resize(Tensor result) {
    long product = 1;
    for (int i = 0; i < x.rank(); i++) {
      if (i < first) {
        result.set(i, x.extent(i));
      } else if (i <= last) {
        product = Math.multiplyExact(product, x.extent(i));
      } else {
        result.set(i - (last - first), x.extent(i));
      }
    }
    result.set(first, product);
  }

  @Override
  SymbolicShape symbolic(Symbols symbols) {
    SymbolicShape of = x.symbolic(symbols);
    List<Polynomial> sizes = new ArrayList<>();
    for (int i = 0; i < of.rank(); i++) {
      if (i == first) {
        sizes.add(symbols.mustFit(of.product(first, last + 1)));
      } else if (i < first || i > last) {
        sizes.add(of.size(i));
      }
    }
    if (sizes.isEmpty()) {
      sizes.add(symbols.constant(1)); // flattened, a number is a list of one
    }
    return new SymbolicShape(symbols, sizes.toArray(Polynomial[]::new));
  }
}
