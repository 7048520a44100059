package org.whichflops.engine.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;

/**
 * The sizes of a tensor and how its numbers lie, what both follow from, and what the network has
 * looked at of them: that decides whether a pass can be {@linkplain ForwardPass#repeat repeated}.
 *
 * <p>Public, though {@link Tensor} alone derives from it and nobody names it: else the compiler
 * gives Tensor each public method of it once more, and every call would be two.
 */
public abstract class Sized {
  private static final long UNKNOWN = -1;
  private static final int ALL = -1;

  private final @Nullable ForwardPass pass;
  private long[] sizes;
  private int rank;
  private long numel = UNKNOWN;

  /** How the numbers lie, where that is not sure to be row by row. */
  private @Nullable Strides strides;

  /** The dimensions that the network has looked at, a bit each. */
  private int lookedAt;

  /** What the sizes follow from, or null where nobody says. */
  private @Nullable Origin origin;

  /** The sizes for whatever input, where the pass knows them. */
  private @Nullable SymbolicShape symbolic;

  /** The input that the sizes are worked out for, as the pass counts them. */
  private int sizesOf;

  /** Something of a pass, without sizes yet. */
  Sized(ForwardPass pass) {
    this.pass = pass;
    this.sizes = new long[4];
  }

  /** Something outside of any pass, which takes the sizes over. */
  Sized(long[] sizes) {
    this.pass = null;
    this.sizes = sizes;
    this.rank = sizes.length;
  }

  /** This, as what it is. */
  abstract Tensor self();

  Tensor rank(int rank) {
    if (rank > sizes.length) {
      sizes = new long[rank];
    }
    this.rank = rank;
    numel = UNKNOWN;
    strides = null;
    lookedAt = 0;
    origin = null;
    symbolic = null;
    sizesOf = pass == null ? 0 : pass.inputsTaken();
    return self();
  }

  /**
   * Takes the sizes of an input; false where they are no input's, of another rank, or other ones
   * than those that were looked at.
   */
  boolean takeInput(Shape shape) {
    if (shape.rank() != rank) {
      return false;
    }
    for (int i = 0; i < rank; i++) {
      long size = shape.size(i);
      if (size < 1 || (size != sizes[i] && hasBeenLookedAt(i))) {
        return false;
      }
      set(i, size);
    }
    return true;
  }

  /** Takes over the sizes of another of the same rank. */
  void take(Sized other) {
    other.update();
    System.arraycopy(other.sizes, 0, sizes, 0, rank);
    if (other.numel == UNKNOWN) {
      other.numel = other.product();
    }
    numel = other.numel;
  }

  /** Sets the sizes by a rule, which is kept for a repetition. */
  Tensor by(Origin rule) {
    origin = null;
    rule.resize(self());
    origin = rule;
    return self();
  }

  /**
   * Sets the sizes again by the rule that is kept. Where there is none, they follow from sizes that
   * were looked at, and stay.
   *
   * @return whether all that were looked at are what they were
   */
  boolean resize() {
    Origin rule = origin;
    if (rule == null) {
      return true;
    }
    if (lookedAt == 0) {
      by(rule);
      return true;
    }
    long[] before = Arrays.copyOf(sizes, rank);
    by(rule);
    for (int i = 0; i < rank; i++) {
      if (sizes[i] != before[i] && hasBeenLookedAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whether what the network called may depend on a size. */
  boolean hasBeenLookedAt(int dim) {
    return dim >= Integer.SIZE ? lookedAt != 0 : (lookedAt & (1 << dim)) != 0;
  }

  private void lookAt(int dims) {
    if (pass != null && pass.isRunning()) {
      lookedAt |= dims;
    }
  }

  /** The sizes for whatever input; of a parameter, the sizes that it has. */
  SymbolicShape symbolic(Symbols symbols) {
    SymbolicShape known = symbolic;
    if (known == null || known.symbols() != symbols) {
      known = symbols.constant(shape());
    }
    return known;
  }

  /** Takes sizes for whatever input. */
  void symbolic(SymbolicShape shape) {
    symbolic = shape;
  }

  /** Brings sizes up to the input that the pass has taken, where it has not run for it. */
  private void update() {
    if (pass == null || sizesOf == pass.inputsTaken()) {
      return;
    }
    sizesOf = pass.inputsTaken();
    SymbolicShape shape = symbolic;
    for (int i = 0; shape != null && i < rank; i++) {
      sizes[i] = shape.size(i).value();
    }
    numel = UNKNOWN;
  }

  /** What the sizes follow from, or null where nobody says. */
  @Nullable Origin origin() {
    return origin;
  }

  private long product() {
    long product = 1;
    for (int i = 0; i < rank; i++) {
      if (Math.multiplyHigh(product, sizes[i]) != 0 || product * sizes[i] < 0) {
        return UNKNOWN;
      }
      product *= sizes[i];
    }
    return product;
  }

  void set(int dim, long size) {
    if (origin != null) {
      throw new IllegalStateException("sizes that follow from a rule are not set");
    }
    sizes[dim] = size;
    numel = UNKNOWN;
  }

  /** Lays the numbers by a rule, once all sizes are known and whenever they change. */
  Tensor laid(Strides rule) {
    strides = rule;
    rule.layAgain(self());
    return self();
  }

  /** Lays the numbers again, where sizes have changed since. */
  void layAgain() {
    if (strides != null) {
      strides.layAgain(self());
    }
  }

  /** Whether a rule says how the numbers lie, which may still be row by row. */
  boolean isLaid() {
    return strides != null;
  }

  /** How the numbers lie for these sizes; null where that is row by row. */
  private long @Nullable [] strides() {
    if (strides == null) {
      return null;
    }
    pass().layAgain();
    return strides.numbers();
  }

  /** How far apart neighbours along a dimension lie. */
  long stride(int dim) {
    long[] numbers = strides();
    if (numbers != null) {
      return numbers[dim];
    }
    update();
    long product = 1;
    for (int i = dim + 1; i < rank; i++) {
      product *= sizes[i];
    }
    return product;
  }

  /** Whether the numbers lie in another way than row by row. */
  boolean strided() {
    return strides() != null;
  }

  /** {@code x.is_contiguous()}: whether the numbers lie row by row, without gaps. */
  public boolean isContiguous() {
    lookAtLayout();
    long[] numbers = strides();
    if (numbers != null) {
      update();
      long expected = 1;
      for (int i = rank - 1; i >= 0; i--) {
        if (sizes[i] != 1 && numbers[i] != expected) {
          return elements() == 0;
        }
        expected *= sizes[i];
      }
    }
    return true;
  }

  /** Whether the last dimension's numbers lie side by side. */
  boolean isDense() {
    lookAtLayout();
    return stride(rank - 1) == 1;
  }

  /** Tells the pass that what happens next may depend on how numbers lie, and so on any size. */
  void lookAtLayout() {
    if (strides != null) {
      pass().lookAtLayout();
    }
  }

  boolean inPass() {
    return pass != null;
  }

  /**
   * The forward pass this tensor belongs to.
   *
   * @throws IllegalStateException for a parameter: {@link Parameter#on} takes it into a pass
   */
  public ForwardPass pass() {
    if (pass == null) {
      throw new IllegalStateException(
          "a parameter of " + this + " takes part in a forward pass through Parameter.on(x)");
    }
    return pass;
  }

  /** The number of dimensions. */
  public int rank() {
    return rank;
  }

  /** The size of one dimension; a negative one counts from the end. */
  public long size(int dim) {
    long size = extent(dim);
    lookAt(1 << (dim < 0 ? dim + rank : dim));
    return size;
  }

  /**
   * The same for {@linkplain Origin rules}, and for whoever counts what has run: they decide
   * nothing that is called.
   */
  long extent(int dim) {
    update();
    int positive = dim < 0 ? dim + rank : dim;
    if (positive < 0 || positive >= rank) {
      throw new IndexOutOfBoundsException("dimension " + dim + " of a tensor of " + this);
    }
    return sizes[positive];
  }

  /** Whether there is such a dimension; a negative one counts from the end. */
  boolean has(int dim) {
    return dim < rank && dim >= -rank;
  }

  /** The product of all sizes after the second, as {@link #extent} reads them. */
  long spatial() {
    lookAt(ALL);
    update();
    long product = 1;
    for (int i = 2; i < rank; i++) {
      product = Math.multiplyExact(product, sizes[i]);
    }
    return product;
  }

  /**
   * The number of elements.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1
   */
  public long numel() {
    lookAt(ALL);
    return elements();
  }

  /** The same as {@link #extent} is for one size. */
  long elements() {
    update();
    if (numel == UNKNOWN) {
      long product = 1;
      for (int i = 0; i < rank; i++) {
        product = Math.multiplyExact(product, sizes[i]);
      }
      numel = product;
    }
    return numel;
  }

  /** The sizes, as a value that outlives the pass. */
  public Shape shape() {
    lookAt(ALL);
    update();
    return Shape.of(Arrays.copyOf(sizes, rank));
  }

  @Override
  public String toString() {
    return shape().toString();
  }
}
