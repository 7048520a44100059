package org.whichflops.engine.tensor;

/** Functions of the {@code torch} module. */
public final class Torch {
  private Torch() {}

  /** {@code torch.add(x, y)}. */
  public static Tensor add(Tensor x, Tensor y) {
    return Elementwise.binary("torch.add", Aten.ADD, x, y);
  }

  /** {@code torch.add(x, number)}. */
  public static Tensor add(Tensor x, double number) {
    return Elementwise.scalar("torch.add", Aten.ADD, x);
  }

  /** {@code torch.mul(x, y)}. */
  public static Tensor mul(Tensor x, Tensor y) {
    return Elementwise.binary("torch.mul", Aten.MUL, x, y);
  }

  /** {@code torch.mul(x, number)}. */
  public static Tensor mul(Tensor x, double number) {
    return Elementwise.scalar("torch.mul", Aten.MUL, x);
  }

  /** {@code torch.relu(x)}. */
  public static Tensor relu(Tensor x) {
    return Elementwise.scalar("torch.relu", Aten.RELU, x);
  }

  /** {@code torch._C._nn.gelu(x)}: {@code F.gelu} by the name that no tool replaces. */
  public static Tensor gelu(Tensor x) {
    return Elementwise.scalar("torch._C._nn.gelu", Aten.GELU, x);
  }

  /** {@code torch.sigmoid(x)}. */
  public static Tensor sigmoid(Tensor x) {
    return Elementwise.scalar("torch.sigmoid", Aten.SIGMOID, x);
  }

  /** {@code torch.tanh(x)}. */
  public static Tensor tanh(Tensor x) {
    return Elementwise.scalar("torch.tanh", Aten.TANH, x);
  }

  /** {@code torch.sqrt(x)}. */
  public static Tensor sqrt(Tensor x) {
    return Elementwise.scalar("torch.sqrt", Aten.SQRT, x);
  }

  /** {@code torch.rsqrt(x)}. */
  public static Tensor rsqrt(Tensor x) {
    return Elementwise.scalar("torch.rsqrt", Aten.RSQRT, x);
  }

  /** {@code torch.exp(x)}. */
  public static Tensor exp(Tensor x) {
    return Elementwise.scalar("torch.exp", Aten.EXP, x);
  }

  /** {@code torch.log(x)}. */
  public static Tensor log(Tensor x) {
    return Elementwise.scalar("torch.log", Aten.LOG, x);
  }

  /** {@code torch.abs(x)}. */
  public static Tensor abs(Tensor x) {
    return Elementwise.scalar("torch.abs", Aten.ABS, x);
  }

  /** {@code torch.sign(x)}. */
  public static Tensor sign(Tensor x) {
    return Elementwise.scalar("torch.sign", Aten.SIGN, x);
  }

  /** {@code torch.pow(x, p)}. */
  public static Tensor pow(Tensor x, double exponent) {
    return Elementwise.scalar("torch.pow", exponent == 2 ? Aten.SQUARE : Aten.REAL_POW, x);
  }

  /** {@code torch.clamp(x, max=number)}. */
  public static Tensor clampMax(Tensor x) {
    return Elementwise.scalar("torch.clamp", Aten.CLAMP_MAX, x);
  }

  /** {@code torch.maximum(x, y)}. */
  public static Tensor maximum(Tensor x, Tensor y) {
    return Elementwise.binary("torch.maximum", Aten.MAXIMUM, x, y);
  }

  /** {@code torch.softmax(x, dim)}. */
  public static Tensor softmax(Tensor x, int dim) {
    return Reductions.softmax("torch.softmax", Aten.SOFTMAX, x, dim);
  }

  /** {@code torch.matmul(x, y)}. */
  public static Tensor matmul(Tensor x, Tensor y) {
    return Products.matmul("torch.matmul", x, y);
  }

  /** {@code torch.mm(x, y)}. */
  public static Tensor mm(Tensor x, Tensor y) {
    return Products.mm("torch.mm", x, y);
  }

  /** {@code torch.bmm(x, y)}. */
  public static Tensor bmm(Tensor x, Tensor y) {
    return Products.bmm("torch.bmm", x, y);
  }

  /** {@code torch.mv(x, y)}. */
  public static Tensor mv(Tensor x, Tensor y) {
    return Products.mv("torch.mv", x, y);
  }

  /** {@code torch.dot(x, y)}. */
  public static Tensor dot(Tensor x, Tensor y) {
    return Products.dot("torch.dot", x, y);
  }

  /** {@code torch.addmm(added, x, y)}. */
  public static Tensor addmm(Tensor added, Tensor x, Tensor y) {
    return Products.added("torch.addmm", Aten.ADDMM, added, x, y);
  }

  /** {@code torch.baddbmm(added, x, y)}. */
  public static Tensor baddbmm(Tensor added, Tensor x, Tensor y) {
    return Products.added("torch.baddbmm", Aten.BADDBMM, added, x, y);
  }

  /** {@code torch.einsum(equation, tensors)}. */
  public static Tensor einsum(String equation, Tensor... tensors) {
    return Einsum.einsum(equation, tensors);
  }

  /** {@code torch.mean(x, dims)}; no dimensions means all. */
  public static Tensor mean(Tensor x, int... dims) {
    return Reductions.over("torch.mean", Aten.MEAN, x, dims, false);
  }

  /** {@code torch.flatten(x, from)}. */
  public static Tensor flatten(Tensor x, int from) {
    return flatten(x, from, -1);
  }

  /** {@code torch.flatten(x, from, to)}. */
  public static Tensor flatten(Tensor x, int from, int to) {
    return Views.flatten("torch.flatten", x, from, to);
  }

  /** {@code torch.reshape(x, sizes)}. */
  public static Tensor reshape(Tensor x, long... sizes) {
    return Views.viewed("torch.reshape", Aten.RESHAPE, x, sizes);
  }

  /** {@code torch.permute(x, dims)}. */
  public static Tensor permute(Tensor x, int... dims) {
    return Views.permute("torch.permute", x, dims);
  }

  /** {@code torch.transpose(x, a, b)}. */
  public static Tensor transpose(Tensor x, int a, int b) {
    return Views.transpose("torch.transpose", x, a, b);
  }

  /** {@code torch.swapaxes(x, a, b)}. */
  public static Tensor swapaxes(Tensor x, int a, int b) {
    return Views.transpose("torch.swapaxes", x, a, b);
  }

  /** {@code torch.roll(x, ...)}: sizes stay. */
  public static Tensor roll(Tensor x) {
    return Views.record("torch.roll", Aten.ROLL, x, x.pass().like(x));
  }

  /** {@code torch.cat(tensors, dim)}. */
  public static Tensor cat(int dim, Tensor... tensors) {
    return Views.cat("torch.cat", tensors, dim);
  }

  /** {@code torch.stack(tensors, dim)}. */
  public static Tensor stack(int dim, Tensor... tensors) {
    return Views.stack(tensors, dim);
  }

  /** {@code torch.chunk(x, parts, dim)}. */
  public static Tensor[] chunk(Tensor x, int parts, int dim) {
    return Views.chunk("torch.chunk", x, parts, dim);
  }

  /** {@code torch.split(x, size, dim)}. */
  public static Tensor[] split(Tensor x, long size, int dim) {
    return Views.split("torch.split", x, size, dim);
  }

  /** {@code torch.tensor_split(x, (at,), dim)}: two parts, the second from a position on. */
  public static Tensor[] tensorSplit(Tensor x, long at, int dim) {
    return Views.tensorSplit("torch.tensor_split", x, at, dim);
  }

  /** {@code torch.unbind(x, dim)}. */
  public static Tensor[] unbind(Tensor x, int dim) {
    return Views.unbind("torch.unbind", x, dim);
  }

  /** {@code torch.squeeze(x, dim)}. */
  public static Tensor squeeze(Tensor x, int dim) {
    return Views.squeeze("torch.squeeze", x, dim);
  }

  /** {@code torch.unsqueeze(x, dim)}. */
  public static Tensor unsqueeze(Tensor x, int dim) {
    return Views.unsqueeze("torch.unsqueeze", x, dim);
  }

  /** {@code torch.index_select(x, dim, indices)}: one dimension becomes as long as the indices. */
  public static Tensor indexSelect(Tensor x, int dim, Tensor indices) {
    return Views.indexSelect("torch.index_select", x, dim, indices);
  }

  /** {@code torch.repeat_interleave(x, times, dim)}. */
  public static Tensor repeatInterleave(Tensor x, long times, int dim) {
    return Views.repeatInterleave("torch.repeat_interleave", x, times, dim);
  }

  /** {@code torch.gather(x, dim, index)}: the shape of the indices. */
  public static Tensor gather(Tensor x, Tensor index) {
    return Recording.call(
        Function.named("torch.gather"),
        Aten.GATHER,
        Arguments.NONE,
        x,
        index,
        x.pass().like(index));
  }

  /** {@code torch.arange(n)}, in the pass that a tensor belongs to. */
  public static Tensor arange(Tensor inPass, long n) {
    return Views.arange("torch.arange", inPass.pass(), n);
  }

  /**
   * {@code torch.where(condition, x, y)}.
   *
   * @param choices x and y as far as they are tensors
   */
  public static Tensor where(Tensor condition, Tensor... choices) {
    Tensor[] inputs = new Tensor[1 + choices.length];
    inputs[0] = condition;
    Tensor y = condition.pass().like(condition);
    for (int i = 0; i < choices.length; i++) {
      inputs[i + 1] = choices[i];
      y = Sizes.broadcast(y, choices[i], "torch.where");
    }
    y = Layout.elementwise(y, condition, choices.length == 0 ? condition : choices[0]);
    return Recording.call(
        Function.named("torch.where"), Aten.WHERE, Arguments.NONE, inputs, new Tensor[] {y})[0];
  }
}
