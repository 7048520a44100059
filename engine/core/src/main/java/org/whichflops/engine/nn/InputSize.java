package org.whichflops.engine.nn;

import java.util.Arrays;
import org.whichflops.engine.shape.Shape;

/**
 * The input a network is made for, and how it takes another batch or resolution.
 *
 * @param shape the input at batch 1, batch first
 * @param resizable whether height and width (the last two sizes of {@code [N, C, ..., H, W]}) may
 *     be others
 */
public record InputSize(Shape shape, boolean resizable) {
  /** Colour images of the given side. */
  public static InputSize image(long side) {
    return new InputSize(Shape.of(1, 3, side, side), true);
  }

  /** An input of that one size, but any batch. */
  public static InputSize fixed(long... sizes) {
    return new InputSize(Shape.of(sizes), false);
  }

  /** Whether there are a height and a width at all. */
  public boolean hasResolution() {
    return resizable || shape.rank() >= 4;
  }

  /** The height, 0 where there is none. */
  public long height() {
    return hasResolution() ? shape.size(-2) : 0;
  }

  /** The width, 0 where there is none. */
  public long width() {
    return hasResolution() ? shape.size(-1) : 0;
  }

  /** The input at another batch and the network's own resolution. */
  public Shape at(long batch) {
    long[] sizes = shape.sizes();
    sizes[0] = batch;
    return Shape.of(sizes);
  }

  /**
   * The input at another batch, height and width.
   *
   * @throws IllegalArgumentException where the network takes one resolution only, and it is another
   */
  public Shape at(long batch, long height, long width) {
    if (!resizable && (height != height() || width != width())) {
      throw new IllegalArgumentException(
          hasResolution()
              ? "the network takes %dx%d only, not %dx%d"
                  .formatted(height(), width(), height, width)
              : "the network's input %s has no height and width"
                  .formatted(Arrays.toString(shape.sizes())));
    }
    long[] sizes = shape.sizes();
    sizes[0] = batch;
    if (hasResolution()) {
      sizes[sizes.length - 2] = height;
      sizes[sizes.length - 1] = width;
    }
    return Shape.of(sizes);
  }
}
