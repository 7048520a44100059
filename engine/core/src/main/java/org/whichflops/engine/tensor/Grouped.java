package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** The sizes of a tensor that is to have more than one value a group of its channels. */
final class Grouped extends Origin {
  private final Tensor x;
  private final int groups;

  Grouped(Tensor x, int groups) {
    this.x = x;
    this.groups = groups;
  }

  @Override
  void resize(Tensor result) {
    if (x.elements() == groups) {
      throw new ShapeException(
          "group_norm expects more than one value a group but its input is " + x);
    }
    result.take(x);
  }

  @Override
  @Nullable SymbolicShape symbolic(Symbols symbols) {
    SymbolicShape of = x.symbolic(symbols);
    boolean several = of.size(1).isConstant() && of.size(1).constant() > groups;
    return several ? of : null;
  }
}
