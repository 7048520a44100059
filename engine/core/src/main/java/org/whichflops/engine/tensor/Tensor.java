package org.whichflops.engine.tensor;

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
public class Tensor extends Sized {
  private @Nullable Parameter source;

  /** A tensor of a pass, without sizes yet. */
  Tensor(ForwardPass pass) {
    super(pass);
  }

  /** A tensor outside of any pass, which takes the sizes over. */
  Tensor(long[] sizes) {
    super(sizes);
  }

  @Override
  final Tensor self() {
    return this;
  }

  @Override
  final Tensor rank(int rank) {
    source = null;
    return super.rank(rank);
  }

  /**
   * Takes over the sizes of another, and how many elements that makes. Most tensors are like one
   * that came before, so that the product is made once for all of them; where it passes
   * 2<sup>63</sup> - 1, whoever asks is told.
   */
  Tensor like(Tensor other) {
    return rank(other.rank()).by(new Origin.Same(other));
  }

  Tensor from(Parameter source) {
    this.source = source;
    return this;
  }

  /** The parameter or buffer that this stands for in its pass, or null where it was computed. */
  public @Nullable Parameter source() {
    return source;
  }

  /** {@code x.suggest_memory_format()}: whether an image's channels lie innermost. */
  public boolean isChannelsLast() {
    lookAtLayout();
    return Layout.channelsLast(this);
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
}
