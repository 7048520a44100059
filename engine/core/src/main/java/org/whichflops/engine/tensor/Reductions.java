package org.whichflops.engine.tensor;

/** Functions that make fewer numbers of many. */
final class Reductions {
  private Reductions() {}

  static Tensor over(String function, Operator operator, Tensor x, int[] dims, boolean keepDim) {
    return Recording.call(
        Function.named(function),
        operator,
        Arguments.NONE,
        x,
        Sizes.reduced(x, dims, keepDim, function));
  }

  static Tensor softmax(String function, Operator operator, Tensor x, int dim) {
    return Recording.call(
        Function.named(function),
        operator,
        new SoftmaxArguments(Sizes.dim(x, dim, function)),
        x,
        x.pass().like(x));
  }
}
