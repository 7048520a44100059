package org.whichflops.format.keras;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.shape.Shape;

/**
 * The inputs of a Keras model, which leaves sizes open as {@code null}. Height and width stand
 * before the channels unless the model has them after.
 */
final class KerasInput implements InputSize {
  private static final long SIDE = 224;
  private static final long LENGTH = 128;

  private final long[] given;
  private final List<long[]> further;
  private final boolean channelsFirst;

  /**
   * Inputs.
   *
   * @param given the first, with 0 where the file leaves a size open
   * @param further the others, likewise
   * @param channelsFirst whether height and width are the last two sizes
   */
  KerasInput(long[] given, List<long[]> further, boolean channelsFirst) {
    this.given = given;
    this.further = further;
    this.channelsFirst = channelsFirst;
  }

  /** Whether a size beside the batch is left open, so that the one used is our choice. */
  boolean open() {
    for (int i = 1; i < given.length; i++) {
      if (given[i] == 0) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Shape shape() {
    return shape(given, 1, SIDE, SIDE, true);
  }

  private Shape shape(long[] sizes, long batch, long height, long width, boolean keep) {
    long[] all = sizes.clone();
    int h = heightAt(all.length);
    for (int i = 0; i < all.length; i++) {
      if (i == 0) {
        all[i] = keep && all[i] > 0 ? all[i] : batch;
      } else if (all.length >= 4 && (i == h || i == h + 1)) {
        all[i] = keep && all[i] > 0 ? all[i] : i == h ? height : width;
      } else if (all[i] == 0) {
        all[i] = LENGTH;
      }
    }
    return Shape.of(all);
  }

  private int heightAt(int rank) {
    return channelsFirst ? rank - 2 : rank - 3;
  }

  @Override
  public boolean hasResolution() {
    return given.length >= 4;
  }

  @Override
  public long height() {
    return hasResolution() ? shape().size(heightAt(given.length)) : 0;
  }

  @Override
  public long width() {
    return hasResolution() ? shape().size(heightAt(given.length) + 1) : 0;
  }

  @Override
  public Shape at(long batch) {
    return at(batch, height(), width());
  }

  @Override
  public Shape at(long batch, long height, long width) {
    if (!hasResolution() && (height != 0 || width != 0)) {
      throw new IllegalArgumentException(
          "the network's input %s has no height and width".formatted(shape()));
    }
    return shape(given, batch, height, width, false);
  }

  @Override
  public List<Shape> others(Shape first) {
    List<Shape> others = new ArrayList<>();
    boolean spatial = hasResolution();
    for (long[] sizes : further) {
      // Images beside the first are as large as it where they were as large in the file.
      int h = heightAt(sizes.length);
      boolean alike =
          spatial
              && sizes.length >= 4
              && sizes[h] == given[heightAt(given.length)]
              && sizes[h + 1] == given[heightAt(given.length) + 1];
      long height = alike ? first.size(heightAt(given.length)) : SIDE;
      long width = alike ? first.size(heightAt(given.length) + 1) : SIDE;
      long[] batched = sizes.clone();
      batched[0] = first.size(0);
      others.add(shape(batched, first.size(0), height, width, !alike));
    }
    return others;
  }
}
