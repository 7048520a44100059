package org.whichflops.format.description;

import java.util.List;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.shape.Shape;

/**
 * The inputs of a description, the batch first.
 *
 * @param shapes at the network's own batch and resolution
 * @param resizable whether height and width, the last two sizes of the first, may be others
 * @param channelsLast whether height and width stand before the last size instead
 * @param anyBatch whether the batch may be another
 */
record DescribedInput(List<Shape> shapes, boolean resizable, boolean channelsLast, boolean anyBatch)
    implements InputSize {
  @Override
  public Shape shape() {
    return shapes.get(0);
  }

  @Override
  public boolean hasResolution() {
    return shape().rank() >= 4;
  }

  @Override
  public long height() {
    return hasResolution() ? size(shape(), 2) : 0;
  }

  @Override
  public long width() {
    return hasResolution() ? size(shape(), 1) : 0;
  }

  @Override
  public Shape at(long batch) {
    return at(batch, height(), width());
  }

  @Override
  public Shape at(long batch, long height, long width) {
    if (!anyBatch && batch != batch()) {
      throw new IllegalArgumentException(
          "the description was written at batch %d and holds there only, not at %d"
              .formatted(batch(), batch));
    }
    if (height != height() || width != width()) {
      if (!hasResolution()) {
        throw new IllegalArgumentException(
            "the network's input %s has no height and width".formatted(shape()));
      }
      if (!resizable) {
        throw new IllegalArgumentException(
            "the network takes %dx%d only, not %dx%d".formatted(height(), width(), height, width));
      }
    }
    long[] sizes = shape().sizes();
    sizes[0] = batch;
    if (hasResolution()) {
      resize(sizes, height, width);
    }
    return Shape.of(sizes);
  }

  /** The height, 2, or the width, 1. */
  private long size(Shape of, int which) {
    return of.size(-which - (channelsLast ? 1 : 0));
  }

  private void resize(long[] sizes, long height, long width) {
    int at = sizes.length - (channelsLast ? 2 : 1);
    sizes[at - 1] = height;
    sizes[at] = width;
  }

  /** The others at the first one's batch, and as large as it where they were as large. */
  @Override
  public List<Shape> others(Shape first) {
    return shapes.subList(1, shapes.size()).stream().map(other -> resized(other, first)).toList();
  }

  private Shape resized(Shape other, Shape first) {
    long[] sizes = other.sizes();
    if (sizes.length > 0 && sizes[0] == batch()) {
      sizes[0] = first.size(0);
    }
    boolean alike =
        hasResolution()
            && sizes.length >= 4
            && size(other, 2) == height()
            && size(other, 1) == width();
    if (alike) {
      resize(sizes, size(first, 2), size(first, 1));
    }
    return Shape.of(sizes);
  }
}
