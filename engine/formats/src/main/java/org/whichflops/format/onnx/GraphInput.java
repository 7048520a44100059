package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.shape.Shape;

/**
 * The inputs of a graph. What a file leaves open is 1, or 224 for the height and width of an image,
 * until somebody asks for another size; what it fixes may be asked for too, and is refused where
 * the graph itself keeps to the exported size.
 */
final class GraphInput implements InputSize {
  /** What sides of images, and other open sizes, are tried to be, in this order. */
  private static final long[][] GUESSES = {
    {224, 1}, {256, 128}, {299, 32}, {384, 64}, {512, 16}, {64, 256}, {32, 512}
  };

  private final ValueInfo[] inputs;
  private final Shape first;
  private final long[] guess;
  private final int height;
  private final int width;
  private final List<String> assumed = new ArrayList<>();

  /**
   * The inputs of a graph.
   *
   * @param guess which of {@link #guesses} is taken for sizes that are open
   */
  GraphInput(ValueInfo[] inputs, int guess) {
    this.inputs = inputs;
    this.guess = GUESSES[guess];
    long[] sizes = sizes(inputs[0]);
    int rank = sizes.length;
    // Channels stand last where a few of them do, and nothing of the kind stands second.
    boolean channelsLast = rank == 4 && few(sizes[3]) && !few(sizes[1]);
    this.height = rank < 4 ? -1 : channelsLast ? 1 : rank - 2;
    this.width = rank < 4 ? -1 : channelsLast ? 2 : rank - 1;
    for (int i = 0; i < rank; i++) {
      if (sizes[i] == ValueInfo.OPEN) {
        sizes[i] = i == 0 ? 1 : this.guess[i == height || i == width ? 0 : 1];
        if (i > 0) {
          String name = inputs[0].names()[i];
          assumed.add("%s is %d".formatted(name == null ? "dimension " + i : name, sizes[i]));
        }
      }
    }
    this.first = Shape.of(sizes);
  }

  /** How many guesses there are for these inputs: one where no size but the batch is open. */
  static int guesses(ValueInfo[] inputs) {
    for (ValueInfo input : inputs) {
      long[] sizes = sizes(input);
      for (int i = 1; i < sizes.length; i++) {
        if (sizes[i] == ValueInfo.OPEN) {
          return GUESSES.length;
        }
      }
    }
    return 1;
  }

  private static boolean few(long size) {
    return size >= 1 && size <= 4;
  }

  private static long[] sizes(ValueInfo info) {
    long[] sizes = info.sizes();
    return sizes == null ? new long[0] : sizes.clone();
  }

  /** The open sizes, beside the batch, that nothing in the file suggests a value for. */
  List<String> assumed() {
    return assumed;
  }

  ValueInfo[] infos() {
    return inputs;
  }

  /** The batch that the file fixes, or {@link ValueInfo#OPEN}. */
  long fixedBatch() {
    long[] sizes = inputs[0].sizes();
    return sizes == null || sizes.length == 0 ? ValueInfo.OPEN : sizes[0];
  }

  /** Whether an input is not the one that the file fixes. */
  boolean differs(Shape input) {
    long[] sizes = sizes(inputs[0]);
    for (int i = 0; i < sizes.length && i < input.rank(); i++) {
      if (sizes[i] != ValueInfo.OPEN && sizes[i] != input.size(i)) {
        return true;
      }
    }
    return false;
  }

  /** What the named open sizes are, where the first input has the given shape. */
  Map<String, Long> bound(Shape shape) {
    Map<String, Long> bound = new HashMap<>();
    for (int i = 0; i < shape.rank(); i++) {
      String name = name(inputs[0], i);
      if (name != null) {
        bound.putIfAbsent(name, shape.size(i));
      }
    }
    return bound;
  }

  private static @Nullable String name(ValueInfo info, int dim) {
    return dim < info.names().length ? info.names()[dim] : null;
  }

  @Override
  public Shape shape() {
    return first;
  }

  @Override
  public long batch() {
    return first.rank() == 0 ? 1 : first.size(0);
  }

  @Override
  public boolean hasResolution() {
    return height > 0;
  }

  @Override
  public long height() {
    return hasResolution() ? first.size(height) : 0;
  }

  @Override
  public long width() {
    return hasResolution() ? first.size(width) : 0;
  }

  @Override
  public Shape at(long batch) {
    return at(batch, height(), width());
  }

  @Override
  public Shape at(long batch, long height, long width) {
    if (!hasResolution() && (height != 0 || width != 0)) {
      throw new IllegalArgumentException(
          "the network's input %s has no height and width".formatted(first));
    }
    long[] sizes = first.sizes();
    if (sizes.length == 0 && batch != 1) {
      throw new IllegalArgumentException("the network's input is a number and has no batch");
    }
    if (sizes.length > 0) {
      sizes[0] = batch;
    }
    if (hasResolution()) {
      sizes[this.height] = height;
      sizes[this.width] = width;
    }
    return Shape.of(sizes);
  }

  /** Sizes of the same name are the same; a fixed first size goes with a fixed batch. */
  @Override
  public List<Shape> others(Shape shape) {
    Map<String, Long> bound = bound(shape);
    List<Shape> others = new ArrayList<>();
    for (int i = 1; i < inputs.length; i++) {
      long[] sizes = sizes(inputs[i]);
      for (int dim = 0; dim < sizes.length; dim++) {
        String name = name(inputs[i], dim);
        if (sizes[dim] == ValueInfo.OPEN) {
          Long known = name == null ? null : bound.get(name);
          sizes[dim] =
              known != null ? known : dim == 0 && shape.rank() > 0 ? shape.size(0) : guess[1];
        } else if (dim == 0 && sizes[0] == fixedBatch() && shape.rank() > 0) {
          sizes[0] = shape.size(0);
        }
      }
      others.add(Shape.of(sizes));
    }
    return others;
  }
}
