package org.whichflops.engine.tensor;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;

/**
 * A tensor without data: sizes, and the forward pass that it came up in.
 *
 * <p>The methods are PyTorch's tensor methods and Python's operators, under names that keep their
 * call forms apart: {@link #add} is {@code x.add(y)}, {@link #plus} is {@code x + y}, {@link
 * #plusAssign} is {@code x += y}. Functions of the {@code torch} module are in {@link Torch}, those
 * of {@code torch.nn.functional} in {@link F}.
 */
public class Tensor {
  private static final long UNKNOWN = -1;
  private static final long ALL = -1;

  private final @Nullable ForwardPass pass;
  private long[] sizes;
  private int rank;
  private long numel = UNKNOWN;
  private @Nullable Parameter source;

  /** How the numbers lie, where that is not sure to be row by row. */
  private @Nullable Strides strides;

  /** The dimensions that the network has looked at, a bit each. */
  private long lookedAt;

  /** What the sizes follow from, or null where nobody says. */
  private @Nullable Origin origin;

  /** The sizes for whatever input, where the pass knows them. */
  private @Nullable SymbolicShape symbolic;

  /** The input that the sizes are worked out for, as the pass counts them. */
  private int sizesOf;

  /** A tensor of a pass, without sizes yet. */
  Tensor(ForwardPass pass) {
    this.pass = pass;
    this.sizes = new long[4];
  }

  /** A tensor outside of any pass, which takes the sizes over. */
  Tensor(long[] sizes) {
    this.pass = null;
    this.sizes = sizes;
    this.rank = sizes.length;
  }

  Tensor rank(int rank) {
    if (rank > sizes.length) {
      sizes = new long[rank];
    }
    this.rank = rank;
    numel = UNKNOWN;
    source = null;
    strides = null;
    lookedAt = 0;
    origin = null;
    symbolic = null;
    sizesOf = pass == null ? 0 : pass.inputsTaken();
    return this;
  }

  /**
   * Takes over the sizes of another, and how many elements that makes. Most tensors are like one
   * that came before, so that the product is made once for all of them; where it passes
   * 2<sup>63</sup> - 1, whoever asks is told.
   */
  Tensor like(Tensor other) {
    return rank(other.rank).by(new Origin.Same(other));
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
  void take(Tensor other) {
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
    rule.resize(this);
    origin = rule;
    return this;
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
    return dim >= Long.SIZE ? lookedAt != 0 : (lookedAt & (1L << dim)) != 0;
  }

  private void lookAt(long dims) {
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

  Tensor from(Parameter source) {
    this.source = source;
    return this;
  }

  /** The parameter or buffer that this stands for in its pass, or null where it was computed. */
  public @Nullable Parameter source() {
    return source;
  }

  void set(int dim, long size) {
    if (origin != null) {
      throw new IllegalStateException("sizes that follow from a rule are not set");
    }
    sizes[dim] = size;
    numel = UNKNOWN;
  }

  /** Lays the numbers by a rule, once all sizes are known and whenever they change. */
  Tensor laid(Strides.Rule rule) {
    strides = new Strides(rule);
    strides.layAgain(this);
    return this;
  }

  /** Lays the numbers again, where sizes have changed since. */
  void layAgain() {
    if (strides != null) {
      strides.layAgain(this);
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

  /** {@code x.suggest_memory_format()}: whether an image's channels lie innermost. */
  public boolean isChannelsLast() {
    lookAtLayout();
    return Layout.channelsLast(this);
  }

  /** Whether the last dimension's numbers lie side by side. */
  boolean isDense() {
    lookAtLayout();
    return stride(rank - 1) == 1;
  }

  /** Tells the pass that what happens next may depend on how numbers lie, and so on any size. */
  private void lookAtLayout() {
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
    lookAt(1L << (dim < 0 ? dim + rank : dim));
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

  // Python's operators.

  /** {@code x + y}. */
  public Tensor plus(Tensor y) {
    return Elementwise.binary("Tensor.__add__", Aten.ADD, this, y);
  }

  /** {@code x + number}. */
  public Tensor plus(double number) {
    return Elementwise.scalar("Tensor.__add__", Aten.ADD, this);
  }

  /** {@code number + x}. */
  public Tensor plusFromLeft(double number) {
    return Elementwise.scalar("Tensor.__radd__", Aten.ADD, this);
  }

  /** {@code x += y}. */
  public Tensor plusAssign(Tensor y) {
    return Elementwise.inPlace("Tensor.__iadd__", Aten.ADD_, this, y);
  }

  /** {@code x += number}. */
  public Tensor plusAssign(double number) {
    return Elementwise.scalar("Tensor.__iadd__", Aten.ADD_, this);
  }

  /** {@code x - y}. */
  public Tensor minus(Tensor y) {
    return Elementwise.binary("Tensor.__sub__", Aten.SUB, this, y);
  }

  /** {@code x - number}. */
  public Tensor minus(double number) {
    return Elementwise.scalar("Tensor.__sub__", Aten.SUB, this);
  }

  /** {@code number - x}. */
  public Tensor subtractedFrom(double number) {
    return Elementwise.scalar("Tensor.__rsub__", Aten.RSUB, this);
  }

  /** {@code x * y}. */
  public Tensor times(Tensor y) {
    return Elementwise.binary("Tensor.__mul__", Aten.MUL, this, y);
  }

  /** {@code x * number}. */
  public Tensor times(double number) {
    return Elementwise.scalar("Tensor.__mul__", Aten.MUL, this);
  }

  /** {@code number * x}. */
  public Tensor timesFromLeft(double number) {
    return Elementwise.scalar("Tensor.__rmul__", Aten.MUL, this);
  }

  /** {@code x *= y}. */
  public Tensor timesAssign(Tensor y) {
    return Elementwise.inPlace("Tensor.__imul__", Aten.MUL_, this, y);
  }

  /** {@code x / y}. */
  public Tensor over(Tensor y) {
    return Elementwise.binary("Tensor.__truediv__", Aten.DIV, this, y);
  }

  /** {@code x / number}. */
  public Tensor over(double number) {
    return Elementwise.scalar("Tensor.__truediv__", Aten.DIV, this);
  }

  /** {@code x ** 2}. */
  public Tensor squared() {
    return Elementwise.scalar("Tensor.__pow__", Aten.SQUARE, this);
  }

  /** {@code -x}. */
  public Tensor negated() {
    return Elementwise.scalar("Tensor.__neg__", Aten.NEG, this);
  }

  /** {@code x == number}. */
  public Tensor equalTo(double number) {
    return Elementwise.scalar("Tensor.__eq__", Aten.EQ, this);
  }

  /** {@code x != number}. */
  public Tensor notEqualTo(double number) {
    return Elementwise.scalar("Tensor.__ne__", Aten.NE, this);
  }

  /** {@code x @ y}. */
  public Tensor at(Tensor y) {
    return Products.matmul("Tensor.__matmul__", this, y);
  }

  /** {@code x[..., from:to:step, ...]} along one dimension. */
  public Tensor slice(int dim, long from, long to, long step) {
    return Views.slice(this, dim, from, to, step);
  }

  /** {@code x[..., from:to, ...]} along one dimension. */
  public Tensor slice(int dim, long from, long to) {
    return Views.slice(this, dim, from, to, 1);
  }

  /** {@code x[..., index, ...]} along one dimension, which goes away. */
  public Tensor get(int dim, long index) {
    return Views.select("Tensor.__getitem__", this, dim, index);
  }

  /** {@code x[indices]}: the first dimension is replaced by the indices' sizes. */
  public Tensor get(Tensor indices) {
    return Views.index(this, indices);
  }

  /** The same where what the indices are computed from does not matter. */
  public Tensor get(Shape indices) {
    return Views.index(this, indices);
  }

  /** {@code x[parts]}. */
  public Tensor get(Index... parts) {
    return Subscripts.get(this, parts);
  }

  /** {@code x[parts] = number}. */
  public void assign(double number, Index... parts) {
    Subscripts.assign(this, null, parts);
  }

  /** {@code x[parts] = y}. */
  public void assign(Tensor y, Index... parts) {
    Subscripts.assign(this, y, parts);
  }

  // Tensor methods: element by element.

  /** {@code x.add(y)}. */
  public Tensor add(Tensor y) {
    return Elementwise.binary("Tensor.add", Aten.ADD, this, y);
  }

  /** {@code x.add(number)}. */
  public Tensor add(double number) {
    return Elementwise.scalar("Tensor.add", Aten.ADD, this);
  }

  /** {@code x.add_(y)}. */
  public Tensor add_(Tensor y) {
    return Elementwise.inPlace("Tensor.add_", Aten.ADD_, this, y);
  }

  /** {@code x.add_(number)}. */
  public Tensor add_(double number) {
    return Elementwise.scalar("Tensor.add_", Aten.ADD_, this);
  }

  /** {@code x.mul(y)}. */
  public Tensor mul(Tensor y) {
    return Elementwise.binary("Tensor.mul", Aten.MUL, this, y);
  }

  /** {@code x.mul(number)}. */
  public Tensor mul(double number) {
    return Elementwise.scalar("Tensor.mul", Aten.MUL, this);
  }

  /** {@code x.mul_(y)}. */
  public Tensor mul_(Tensor y) {
    return Elementwise.inPlace("Tensor.mul_", Aten.MUL_, this, y);
  }

  /** {@code x.div(y)}. */
  public Tensor div(Tensor y) {
    return Elementwise.binary("Tensor.div", Aten.DIV, this, y);
  }

  /** {@code x.div_(number)}. */
  public Tensor div_(double number) {
    return Elementwise.scalar("Tensor.div_", Aten.DIV_, this);
  }

  /** {@code x.pow(2)}. */
  public Tensor pow2() {
    return Elementwise.scalar("Tensor.pow", Aten.SQUARE, this);
  }

  /** {@code x.pow(p)} for a power other than 2. */
  public Tensor pow(double exponent) {
    return Elementwise.scalar("Tensor.pow", exponent == 2 ? Aten.SQUARE : Aten.REAL_POW, this);
  }

  /** {@code x.sqrt()}. */
  public Tensor sqrt() {
    return Elementwise.scalar("Tensor.sqrt", Aten.SQRT, this);
  }

  /** {@code x.rsqrt()}. */
  public Tensor rsqrt() {
    return Elementwise.scalar("Tensor.rsqrt", Aten.RSQRT, this);
  }

  /** {@code x.exp()}. */
  public Tensor exp() {
    return Elementwise.scalar("Tensor.exp", Aten.EXP, this);
  }

  /** {@code x.abs()}. */
  public Tensor abs() {
    return Elementwise.scalar("Tensor.abs", Aten.ABS, this);
  }

  /** {@code x.cos()}. */
  public Tensor cos() {
    return Elementwise.scalar("Tensor.cos", Aten.COS, this);
  }

  /** {@code x.sin()}. */
  public Tensor sin() {
    return Elementwise.scalar("Tensor.sin", Aten.SIN, this);
  }

  /** {@code x.clamp(min, max)}. */
  public Tensor clamp() {
    return Elementwise.scalar("Tensor.clamp", Aten.CLAMP, this);
  }

  /** {@code x.sigmoid()}. */
  public Tensor sigmoid() {
    return Elementwise.scalar("Tensor.sigmoid", Aten.SIGMOID, this);
  }

  /** {@code x.tanh()}. */
  public Tensor tanh() {
    return Elementwise.scalar("Tensor.tanh", Aten.TANH, this);
  }

  /** {@code x.relu()}. */
  public Tensor relu() {
    return Elementwise.scalar("Tensor.relu", Aten.RELU, this);
  }

  /** {@code x.relu_()}. */
  public Tensor relu_() {
    return Elementwise.scalar("Tensor.relu_", Aten.RELU_, this);
  }

  /** {@code x.masked_fill(mask, number)} where what the mask is computed from does not matter. */
  public Tensor maskedFill() {
    return Elementwise.scalar("Tensor.masked_fill", Aten.MASKED_FILL, this);
  }

  /** {@code x.masked_fill(mask, number)}. */
  public Tensor maskedFill(Tensor mask) {
    return Elementwise.binary("Tensor.masked_fill", Aten.MASKED_FILL, this, mask);
  }

  /** {@code x.zero_()}. */
  public Tensor zero_() {
    return Elementwise.scalar("Tensor.zero_", Aten.ZERO_, this);
  }

  /** {@code x.softmax(dim)}. */
  public Tensor softmax(int dim) {
    return Reductions.softmax("Tensor.softmax", Aten.SOFTMAX, this, dim);
  }

  // Tensor methods: products and reductions.

  /** {@code x.matmul(y)}. */
  public Tensor matmul(Tensor y) {
    return Products.matmul("Tensor.matmul", this, y);
  }

  /** {@code x.mm(y)}. */
  public Tensor mm(Tensor y) {
    return Products.mm("Tensor.mm", this, y);
  }

  /** {@code x.bmm(y)}. */
  public Tensor bmm(Tensor y) {
    return Products.bmm("Tensor.bmm", this, y);
  }

  /** {@code x.mean(dims)}; no dimensions means all. */
  public Tensor mean(int... dims) {
    return Reductions.over("Tensor.mean", Aten.MEAN, this, dims, false);
  }

  /** {@code x.mean(dims, keepdim=True)}. */
  public Tensor meanKeepingDims(int... dims) {
    return Reductions.over("Tensor.mean", Aten.MEAN, this, dims, true);
  }

  /** {@code x.sum(dims)}; no dimensions means all. */
  public Tensor sum(int... dims) {
    return Reductions.over("Tensor.sum", Aten.SUM, this, dims, false);
  }

  /** {@code x.amax(dims)}; no dimensions means all. */
  public Tensor amax(int... dims) {
    return Reductions.over("Tensor.amax", Aten.MAX, this, dims, false);
  }

  // Tensor methods: other views of the same numbers.

  /** {@code x.view(sizes)}; one size may be -1. */
  public Tensor view(long... sizes) {
    return Views.viewed("Tensor.view", Aten.VIEW, this, sizes);
  }

  /** {@code x.view(x.size(0), -1)}: all that belongs to one image as a row. */
  public Tensor viewRows() {
    return Views.rows("Tensor.view", this);
  }

  /** {@code x.view(..., sizes, ...)} in the place of one dimension, the others as they are. */
  public Tensor viewUnflattened(int dim, long... sizes) {
    return Views.unflattened("Tensor.view", Aten.VIEW, this, dim, sizes);
  }

  /** {@code x.view(..., -1, ...)} in the place of some dimensions, the others as they are. */
  public Tensor viewFlattened(int from, int to) {
    return Views.flattened("Tensor.view", Aten.VIEW, this, from, to);
  }

  /** {@code x.reshape(sizes)}; one size may be -1. */
  public Tensor reshape(long... sizes) {
    return Views.viewed("Tensor.reshape", Aten.RESHAPE, this, sizes);
  }

  /** {@code x.flatten(from, to)}. */
  public Tensor flatten(int from, int to) {
    return Views.flatten("Tensor.flatten", this, from, to);
  }

  /** {@code x.flatten(from)}. */
  public Tensor flatten(int from) {
    return Views.flatten("Tensor.flatten", this, from, -1);
  }

  /** {@code x.unflatten(dim, sizes)}. */
  public Tensor unflatten(int dim, long... sizes) {
    return Views.unflattened("Tensor.unflatten", Aten.UNFLATTEN, this, dim, sizes);
  }

  /** {@code x.permute(dims)}. */
  public Tensor permute(int... dims) {
    return Views.permute("Tensor.permute", this, dims);
  }

  /** {@code x.transpose(a, b)}. */
  public Tensor transpose(int a, int b) {
    return Views.transpose("Tensor.transpose", this, a, b);
  }

  /** {@code x.t()}. */
  public Tensor t() {
    return Views.transpose("Tensor.t", this, 0, -1);
  }

  /** {@code x.contiguous()}. */
  public Tensor contiguous() {
    return Views.record("Tensor.contiguous", Aten.CLONE, this, pass().like(this));
  }

  /** {@code x.clone()}. */
  public Tensor copy() {
    return Elementwise.scalar("Tensor.clone", Aten.CLONE, this);
  }

  /** {@code x.expand(sizes)}; -1 keeps a size. */
  public Tensor expand(long... sizes) {
    return Views.expand(this, sizes);
  }

  /** {@code x.repeat(times)}. */
  public Tensor repeat(long... times) {
    return Views.repeat(this, times);
  }

  /** {@code x.squeeze(dim)}. */
  public Tensor squeeze(int dim) {
    return Views.squeeze("Tensor.squeeze", this, dim);
  }

  /** {@code x.unsqueeze(dim)}. */
  public Tensor unsqueeze(int dim) {
    return Views.unsqueeze("Tensor.unsqueeze", this, dim);
  }

  /** {@code x.chunk(parts, dim)}. */
  public Tensor[] chunk(int parts, int dim) {
    return Views.chunk("Tensor.chunk", this, parts, dim);
  }

  /** {@code x.split(size, dim)}. */
  public Tensor[] split(long size, int dim) {
    return Views.split("Tensor.split", this, size, dim);
  }

  /** {@code x.split(sizes, dim)}. */
  public Tensor[] split(long[] sizes, int dim) {
    return Views.split("Tensor.split", this, sizes, dim);
  }

  /** {@code x.unbind(dim)}. */
  public Tensor[] unbind(int dim) {
    return Views.unbind("Tensor.unbind", this, dim);
  }

  /** {@code x.new_zeros(sizes)}. */
  public Tensor newZeros(long... sizes) {
    return Views.newZeros("Tensor.new_zeros", this, sizes);
  }

  /** {@code x.long()}: whole numbers. */
  public Tensor toLong() {
    return Elementwise.scalar("Tensor.long", Aten.CLONE, this);
  }

  /** {@code x.float()}: single precision. */
  public Tensor toFloat() {
    return Elementwise.scalar("Tensor.float", Aten.CLONE, this);
  }

  /** {@code x.to(dtype)}. */
  public Tensor to() {
    return Elementwise.scalar("Tensor.to", Aten.CLONE, this);
  }

  /** {@code x.type_as(y)} and other changes of the number format. */
  public Tensor typeAs() {
    return Elementwise.scalar("Tensor.type_as", Aten.CLONE, this);
  }

  @Override
  public String toString() {
    return shape().toString();
  }
}
