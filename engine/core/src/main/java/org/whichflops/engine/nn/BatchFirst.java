package org.whichflops.engine.nn;

import java.util.Arrays;
import org.whichflops.engine.shape.Shape;

/** One input, {@code [N, ...]} or {@code [N, C, ..., H, W]}. */
record BatchFirst(Shape shape, boolean resizable) implements InputSize {
  @Override
  public boolean hasResolution() {
    return resizable || shape.rank() >= 4;
  }

  @Override
  public long height() {
    return hasResolution() ? shape.size(-2) : 0;
  }

  @Override
  public long width() {
    return hasResolution() ? shape.size(-1) : 0;
  }

  @Override
  public Shape at(long batch) {
    long[] sizes = shape.sizes();
    sizes[0] = batch;
    return Shape.of(sizes);
  }

  @Override
  public Shape at(long batch, long height, long width) {
    // Not by a format, whose first use costs a table of many networks more than they do.
    if (!resizable && (height != height() || width != width())) {
      throw new IllegalArgumentException(
          hasResolution()
              ? "the network takes "
                  + height()
                  + "x"
                  + width()
                  + " only, not "
                  + height
                  + "x"
                  + width
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
