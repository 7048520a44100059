package org.whichflops.engine.tensor;

/**
 * What the sizes of a tensor follow from: those of the tensors that it is computed of, by the rule
 * of one function, checks included.
 *
 * <p>A pass in which every tensor has an origin, and in which nothing else looked at a size, can be
 * {@linkplain ForwardPass#repeat repeated} at other sizes without running the network: which
 * functions are called cannot depend on them.
 */
abstract class Origin {
  /** Where the batch is in a tensor. */
  enum Batch {
    /** No size depends on it. */
    NOWHERE,
    /** The first size is a multiple of it, and no other depends on it. */
    FIRST,
    /** Anywhere, for all that is known. */
    ANYWHERE
  }

  /**
   * Sets the sizes of the result anew.
   *
   * @throws org.whichflops.engine.shape.ShapeException where the operands do not fit
   * @throws ArithmeticException where a size passes 2<sup>63</sup> - 1
   */
  abstract void resize(Tensor result);

  /** Where the batch is in the result, from where it is in the operands. */
  abstract Batch batch(Tensor result);

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
    Batch batch(Tensor result) {
      return x.batch();
    }
  }

  /** A function of one tensor that leaves its first size as it is where that is the batch. */
  abstract static class OfImages extends Origin {
    final Tensor x;

    OfImages(Tensor x) {
      this.x = x;
    }

    /** The dimensions of a tensor whose first is the batch. */
    abstract int batchedRank();

    @Override
    Batch batch(Tensor result) {
      return x.batch() == Batch.FIRST && x.rank() != batchedRank() ? Batch.ANYWHERE : x.batch();
    }
  }
}
