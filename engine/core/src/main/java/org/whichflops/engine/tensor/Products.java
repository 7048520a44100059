package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** Matrix products. */
final class Products {
  private static final Function LINEAR = Function.named("F.linear");

  private Products() {}

  /** {@code torch.matmul}: falls apart into one mm or bmm, as ATen's composite does. */
  static Tensor matmul(String function, Tensor x, Tensor x2) {
    Tensor y = Sizes.product(x, x2, function);
    ForwardPass pass = y.pass();
    Call outer = pass.begin(Function.named(function), AddedArguments.NOTHING).in(x).in(x2);
    Call composite = pass.begin(Aten.MATMUL, AddedArguments.NOTHING).in(x).in(x2);
    if (x.rank() == 1 && x2.rank() == 1) {
      Recording.operator(Aten.DOT, AddedArguments.NOTHING, x, x2, y);
    } else if (x.rank() == 2 && x2.rank() == 1) {
      Recording.operator(Aten.MV, AddedArguments.NOTHING, x, x2, y);
    } else if (x2.rank() <= 2) {
      folded(x, x2);
    } else {
      batched(x, x2, y);
    }
    pass.end(composite, y);
    return pass.end(outer, y);
  }

  /** All leading dimensions of the first tensor become rows of one product. */
  private static void folded(Tensor x, Tensor x2) {
    ForwardPass pass = Sizes.pass(x, x2);
    long inner = x.size(-1);
    Tensor rows = matrix(pass, inner == 0 ? 0 : x.numel() / inner, inner);
    Tensor other = matrix(pass, inner, x2.rank() == 1 ? 1 : x2.size(1));
    Recording.operator(
        Aten.MM, AddedArguments.NOTHING, rows, other, matrix(pass, rows.size(0), other.size(1)));
  }

  /** Broadcast batches become one. */
  private static void batched(Tensor x, Tensor x2, Tensor y) {
    ForwardPass pass = y.pass();
    long n = x.rank() == 1 ? 1 : x.size(-2);
    long k = x.size(-1);
    long m = x2.size(-1);
    long batch = 1;
    for (int i = 0; i < y.rank() - (x.rank() == 1 ? 1 : 2); i++) {
      batch = Math.multiplyExact(batch, y.size(i));
    }
    Recording.operator(
        Aten.BMM,
        AddedArguments.NOTHING,
        stack(pass, batch, n, k),
        stack(pass, batch, k, m),
        stack(pass, batch, n, m));
  }

  static Tensor mm(String function, Tensor x, Tensor x2) {
    expectRanks(function, 2, x, x2);
    return Recording.call(
        Function.named(function),
        Aten.MM,
        AddedArguments.NOTHING,
        x,
        x2,
        Sizes.product(x, x2, function));
  }

  static Tensor bmm(String function, Tensor x, Tensor x2) {
    expectRanks(function, 3, x, x2);
    return Recording.call(
        Function.named(function),
        Aten.BMM,
        AddedArguments.NOTHING,
        x,
        x2,
        Sizes.product(x, x2, function));
  }

  static Tensor mv(String function, Tensor x, Tensor x2) {
    return Recording.call(
        Function.named(function),
        Aten.MV,
        AddedArguments.NOTHING,
        x,
        x2,
        Sizes.product(x, x2, function));
  }

  static Tensor dot(String function, Tensor x, Tensor x2) {
    return Recording.call(
        Function.named(function),
        Aten.DOT,
        AddedArguments.NOTHING,
        x,
        x2,
        Sizes.product(x, x2, function));
  }

  /** {@code addmm} and {@code baddbmm}: a product and something added. */
  static Tensor added(String function, Operator operator, Tensor added, Tensor x, Tensor x2) {
    expectRanks(function, operator == Aten.ADDMM ? 2 : 3, x, x2);
    Tensor y = Sizes.product(x, x2, function);
    boolean fits = added.rank() <= y.rank();
    for (int i = 1; fits && i <= added.rank(); i++) {
      fits = added.size(-i) == 1 || added.size(-i) == y.size(-i);
    }
    if (!fits) {
      throw new ShapeException(
          "%s: %s cannot be added to a product of %s".formatted(function, added, y));
    }
    return Recording.call(
        Function.named(function), operator, AddedArguments.ADDED, added, x, x2, y);
  }

  /**
   * {@code F.linear}: one product over all leading dimensions (aten/src/ATen/native/Linear.cpp).
   * The bias is added within it, as addmm, over a matrix or numbers that lie row by row; else the
   * product is a matmul, and the bias is added after it.
   */
  static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    if (x.rank() < 1 || weight.rank() != 2) {
      throw Linear.unfit(x, weight);
    }
    ForwardPass pass = x.inPass() ? x.pass() : weight.pass();
    Tensor y = pass.tensor(x.rank()).by(new Linear(x, weight));
    Arguments arguments = AddedArguments.of(bias != null);
    Call outer = pass.begin(LINEAR, arguments).in(x).in(weight);
    Call composite = pass.begin(Aten.LINEAR, arguments).in(x).in(weight);
    Tensor rows = pass.tensor(2).by(new Rows(x, 1, weight));
    Tensor columns = pass.tensor(2).by(new Columns(weight));
    Tensor product = pass.tensor(2).by(new Rows(x, 0, weight));
    if (bias == null) {
      Recording.operator(Aten.MM, arguments, rows, columns, product);
    } else {
      outer.in(bias);
      composite.in(bias);
      if (x.rank() == 2 || x.isContiguous()) {
        pass.end(pass.begin(Aten.ADDMM, arguments).in(bias).in(rows).in(columns), product);
      } else {
        Recording.operator(Aten.MM, arguments, rows, columns, product);
        Recording.operator(Aten.ADD, ElementwiseArguments.INSTANCE, y, bias, pass.like(y));
      }
    }
    pass.end(composite, y);
    return pass.end(outer, y);
  }

  /** The sizes of a linear layer's output. */
  private static final class Linear extends Origin {
    private final Tensor x;
    private final Tensor weight;

    Linear(Tensor x, Tensor weight) {
      this.x = x;
      this.weight = weight;
    }

    @Override
    void resize(Tensor result) {
      if (x.extent(-1) != weight.extent(1)) {
        throw unfit(x, weight);
      }
      result.take(x);
      result.set(result.rank() - 1, weight.extent(0));
    }

    static ShapeException unfit(Tensor x, Tensor weight) {
      return new ShapeException(
          "linear expects %d features in the last dimension but its input is %s"
              .formatted(weight.rank() == 2 ? weight.extent(1) : 0, x));
    }

    @Override
    @Nullable SymbolicShape symbolic(Symbols symbols) {
      SymbolicShape of = x.symbolic(symbols);
      SymbolicShape by = weight.symbolic(symbols);
      if (!of.size(-1).equals(by.size(1))) {
        return null;
      }
      Polynomial[] sizes = of.sizes();
      sizes[sizes.length - 1] = by.size(0);
      return new SymbolicShape(symbols, sizes);
    }
  }

  /** All leading dimensions of a linear layer's input as rows, each as long as the weight says. */
  private static final class Rows extends Origin {
    private final Tensor x;

    /** The dimension of the weight that says it. */
    private final int length;

    private final Tensor weight;

    Rows(Tensor x, int length, Tensor weight) {
      this.x = x;
      this.length = length;
      this.weight = weight;
    }

    @Override
    void resize(Tensor result) {
      long in = weight.extent(1);
      result.set(0, in == 0 ? 0 : x.elements() / in);
      result.set(1, weight.extent(length));
    }

    @Override
    @Nullable SymbolicShape symbolic(Symbols symbols) {
      SymbolicShape by = weight.symbolic(symbols);
      Polynomial elements = symbols.mustFit(x.symbolic(symbols).elements());
      Polynomial rows = elements.dividedBy(by.size(1));
      return rows == null ? null : new SymbolicShape(symbols, rows, by.size(length));
    }
  }

  /** A weight, transposed. */
  private static final class Columns extends Origin {
    private final Tensor weight;

    Columns(Tensor weight) {
      this.weight = weight;
    }

    @Override
    void resize(Tensor result) {
      result.set(0, weight.extent(1));
      result.set(1, weight.extent(0));
    }

    @Override
    SymbolicShape symbolic(Symbols symbols) {
      SymbolicShape by = weight.symbolic(symbols);
      return new SymbolicShape(symbols, by.size(1), by.size(0));
    }
  }

  private static Tensor matrix(ForwardPass pass, long rows, long columns) {
    Tensor matrix = pass.tensor(2);
    matrix.set(0, rows);
    matrix.set(1, columns);
    return matrix;
  }

  private static Tensor stack(ForwardPass pass, long batch, long rows, long columns) {
    Tensor stack = pass.tensor(3);
    stack.set(0, batch);
    stack.set(1, rows);
    stack.set(2, columns);
    return stack;
  }

  private static void expectRanks(String function, int rank, Tensor x, Tensor x2) {
    if (x.rank() != rank || x2.rank() != rank) {
      throw new ShapeException(
          "%s expects two tensors of %d dimensions but they are %s and %s"
              .formatted(function, rank, x, x2));
    }
  }
}
