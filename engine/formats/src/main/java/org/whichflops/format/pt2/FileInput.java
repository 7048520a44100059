package org.whichflops.format.pt2;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.format.pt2.ExportedSizes.Solver;

/** The inputs of an exported program: sizes that stay, and sizes that may be others. */
final class FileInput implements InputSize {
  private static final int IMAGE = 4;

  private final Symbols symbols;
  private final List<List<SizeExpr>> inputs;
  private final Shape shape;

  FileInput(Symbols symbols, List<List<SizeExpr>> inputs) {
    this.symbols = symbols;
    this.inputs = inputs;
    this.shape = at(inputs.get(0), symbols.exported());
  }

  private static Shape at(List<SizeExpr> sizes, long[] symbols) {
    long[] at = new long[sizes.size()];
    for (int i = 0; i < at.length; i++) {
      at[i] = sizes.get(i).at(symbols);
    }
    return Shape.of(at);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public long batch() {
    return shape.rank() == 0 ? 1 : shape.size(0);
  }

  @Override
  public boolean hasResolution() {
    return shape.rank() >= IMAGE;
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
    if (sizes.length > 0) {
      sizes[0] = batch;
    }
    return checked(sizes);
  }

  @Override
  public Shape at(long batch, long height, long width) {
    if (!hasResolution()) {
      throw new IllegalArgumentException(
          "the network's input %s has no height and width".formatted(shape));
    }
    long[] sizes = shape.sizes();
    sizes[0] = batch;
    sizes[sizes.length - 2] = height;
    sizes[sizes.length - 1] = width;
    return checked(sizes);
  }

  private Shape checked(long[] sizes) {
    Shape wanted = Shape.of(sizes);
    try {
      symbols(new Shape[] {wanted});
    } catch (ShapeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return wanted;
  }

  @Override
  public List<Shape> others(Shape first) {
    if (inputs.size() == 1) {
      return List.of();
    }
    long[] values = symbols(new Shape[] {first});
    return inputs.stream().skip(1).map(sizes -> at(sizes, values)).toList();
  }

  /**
   * Every symbol's value where the first inputs have the given shapes; what they do not decide
   * stays as exported.
   *
   * @throws ShapeException where the file does not allow them, saying what it does
   */
  long[] symbols(Shape[] given) {
    long[] values = symbols.exported();
    boolean[] known = new boolean[values.length];
    for (int input = 0; input < given.length; input++) {
      List<SizeExpr> sizes = inputs.get(input);
      if (given[input].rank() != sizes.size()) {
        throw new ShapeException(
            "the file's input has %d dimensions, not %d: %s"
                .formatted(sizes.size(), given[input].rank(), given[input]));
      }
      for (int dim = 0; dim < sizes.size(); dim++) {
        decide(sizes, dim, given[input].size(dim), values, known);
      }
    }
    return values;
  }

  private void decide(List<SizeExpr> sizes, int dim, long wanted, long[] values, boolean[] known) {
    SizeExpr size = sizes.get(dim);
    Integer index = Solver.onlyUnknown(size, known);
    if (index != null) {
      @Nullable Long value = Solver.solve(size, wanted, index, values);
      if (value != null && symbols.range(size, index).has(wanted)) {
        values[index] = value;
        known[index] = true;
        return;
      }
    }
    if (index != null || valueOf(size, values) != wanted) {
      throw new ShapeException(
          "%s of the file is %s, not %d%s"
              .formatted(
                  name(sizes.size(), dim),
                  allowed(size, index, values),
                  wanted,
                  size.symbolic()
                      ? ""
                      : "; an export with dynamic_shapes has a file take more than one"));
    }
  }

  private static long valueOf(SizeExpr size, long[] values) {
    try {
      return size.at(values);
    } catch (ArithmeticException e) {
      return -1;
    }
  }

  private String allowed(SizeExpr size, @Nullable Integer index, long[] values) {
    if (index == null) {
      return valueOf(size, values) + (size.symbolic() ? " beside the other sizes" : " only");
    }
    return multiple(size, index, values) + symbols.range(size, index);
  }

  /** {@code a multiple of 32, }; nothing where every size is possible. */
  private static String multiple(SizeExpr size, int index, long[] values) {
    long[] trial = values.clone();
    try {
      trial[index] = 0;
      long offset = size.at(trial);
      trial[index] = 1;
      long slope = size.at(trial) - offset;
      return slope == 1
          ? ""
          : "a multiple of %d%s, ".formatted(slope, offset == 0 ? "" : " plus " + offset);
    } catch (ArithmeticException e) {
      return "a size that the file's expression gives, ";
    }
  }

  private static String name(int rank, int dim) {
    if (dim == 0) {
      return "the batch";
    }
    if (rank >= IMAGE && dim >= rank - 2) {
      return dim == rank - 2 ? "the height" : "the width";
    }
    return "dimension " + dim;
  }

  @Override
  public String toString() {
    return Arrays.toString(shape.sizes());
  }
}
