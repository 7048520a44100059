package org.whichflops.engine.nn;

import java.util.List;
import org.whichflops.engine.shape.Shape;

/** The input a network is made for, and how it takes another batch or resolution. */
public interface InputSize {
  /** Colour images of the given side, or of any other. */
  static InputSize image(long side) {
    return of(Shape.of(1, 3, side, side), true);
  }

  /** An input of that one size, but any batch. */
  static InputSize fixed(long... sizes) {
    return of(Shape.of(sizes), false);
  }

  /**
   * An input whose batch is its first size.
   *
   * @param shape the input at the network's own batch
   * @param resizable whether height and width (the last two sizes of {@code [N, C, ..., H, W]}) may
   *     be others
   */
  static InputSize of(Shape shape, boolean resizable) {
    return new BatchFirst(shape, resizable);
  }

  /** The input at the network's own batch and resolution; the first, where it takes several. */
  Shape shape();

  /** The batch it is made for. */
  default long batch() {
    return shape().size(0);
  }

  /** Whether there are a height and a width at all. */
  boolean hasResolution();

  /** The height, 0 where there is none. */
  long height();

  /** The width, 0 where there is none. */
  long width();

  /**
   * The input at another batch and the network's own resolution.
   *
   * @throws IllegalArgumentException where the network takes other batches only, saying which
   */
  Shape at(long batch);

  /**
   * The input at another batch, height and width.
   *
   * @throws IllegalArgumentException where the network takes others only, saying which
   */
  Shape at(long batch, long height, long width);

  /** The inputs that a network takes beside the first, where that has the given shape. */
  default List<Shape> others(Shape first) {
    return List.of();
  }
}
