package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;

/**
 * What the sizes of a tensor follow from: those of the tensors that it is computed of, by the rule
 * of one function, checks included.
 *
 * <p>A pass in which every tensor has an origin, and in which nothing else looked at a size, can be
 * {@linkplain ForwardPass#repeat repeated} at other sizes without running the network: which
 * functions are called cannot depend on them.
 */
abstract class Origin {
  /**
   * Sets the sizes of the result anew.
   *
   * @throws org.whichflops.engine.shape.ShapeException where the operands do not fit
   * @throws ArithmeticException where a size passes 2<sup>63</sup> - 1
   */
  abstract void resize(Tensor result);

  /**
   * The sizes of the result for whatever input, where a rule says them, and operands fit whatever
   * the input is; else null.
   */
  @Nullable SymbolicShape symbolic(Symbols symbols) {
    return null;
  }

  /** The sizes of another tensor. */
  static final class Same extends Origin {
    private final Tensor x;

    Same(Tensor x) {
      this.x = x;
    }

    @Override
    void resize(Tensor result) {
      result.take(x);
    }

    @Override
    SymbolicShape symbolic(Symbols symbols) {
      return x.symbolic(symbols);
    }
  }
}
