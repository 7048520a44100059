package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.Sliding;

/**
 * The sizes that all tensors of a pass follow from, for whatever input: few, since most layers keep
 * the sizes of an image or halve them. What formulas come to over a whole network is then a short
 * polynomial, which takes the place of its calls.
 *
 * <p>The batch and the sides of the first input are symbols; all else of the inputs stays.
 */
final class Symbols {
  /** Images and clips: batch, channels, then sides. */
  private static final int LEAST_RANK_WITH_SIDES = 4;

  private final List<Symbol> symbols = new ArrayList<>();
  private final Map<Made, Symbol> made = new HashMap<>();
  private final Set<Polynomial> fitting = new LinkedHashSet<>();
  private final Map<List<Symbol>, Monomial> monomials = new HashMap<>();
  private final Monomial one = new Monomial(this, 0, List.of(), null);
  private final Symbol batch;
  private final SymbolicShape input;
  private int taken = 1;

  /** A function of a symbol by its numbers, which tell it from others. */
  private record Made(Symbol of, String function, List<? extends Number> numbers) {}

  /** The symbols of an input. */
  Symbols(Shape shape) {
    monomials.put(List.of(), one);
    Polynomial[] sizes = new Polynomial[shape.rank()];
    batch = add(null, size -> size);
    for (int i = 0; i < sizes.length; i++) {
      boolean side = i >= 2 && sizes.length >= LEAST_RANK_WITH_SIDES;
      sizes[i] =
          i == 0
              ? polynomial(batch)
              : side ? polynomial(add(null, size -> size)) : constant(shape.size(i));
    }
    input = new SymbolicShape(this, sizes);
    take(shape);
  }

  private Symbol add(@Nullable Symbol of, LongUnaryOperator rule) {
    Symbol symbol = new Symbol(symbols.size(), of, rule);
    symbols.add(symbol);
    return symbol;
  }

  private Polynomial polynomial(Symbol symbol) {
    return Polynomial.of(1, monomial(List.of(symbol)));
  }

  SymbolicShape input() {
    return input;
  }

  /** The first size of the input. */
  Symbol batch() {
    return batch;
  }

  /** The product of nothing. */
  Monomial one() {
    return one;
  }

  Polynomial constant(long number) {
    return Polynomial.of(number, one);
  }

  /** A shape that no input changes. */
  SymbolicShape constant(Shape shape) {
    Polynomial[] sizes = new Polynomial[shape.rank()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = constant(shape.size(i));
    }
    return new SymbolicShape(this, sizes);
  }

  /** A product of symbols. */
  Monomial monomial(List<Symbol> factors) {
    Monomial known = monomials.get(factors);
    if (known == null) {
      Monomial rest = monomial(factors.subList(0, factors.size() - 1));
      known = new Monomial(this, monomials.size(), List.copyOf(factors), rest);
      monomials.put(known.factors(), known);
    }
    return known;
  }

  Monomial product(Monomial a, Monomial b) {
    List<Symbol> factors = new ArrayList<>(a.factors());
    factors.addAll(b.factors());
    factors.sort(Comparator.comparingInt(Symbol::id));
    return monomial(factors);
  }

  /** Says that a product has to stay below 2<sup>63</sup>, since the network works it out. */
  Polynomial mustFit(Polynomial product) {
    if (!product.isConstant()) {
      fitting.add(product);
    }
    return product;
  }

  /**
   * What a function makes of a size, 1 or more: a number of a number, a symbol of a symbol; null of
   * anything else.
   *
   * @param numbers what makes the function another one
   */
  @Nullable Polynomial made(
      Polynomial size, LongUnaryOperator rule, String function, Number... numbers) {
    if (size.isConstant()) {
      long value = rule.applyAsLong(size.constant());
      return value < 1 ? null : constant(value);
    }
    Symbol symbol = size.symbol();
    if (symbol == null) {
      return null;
    }
    Made key = new Made(symbol, function, List.of(numbers));
    Symbol known = made.get(key);
    if (known == null) {
      known = add(symbol, rule);
      made.put(key, known);
      if (!known.update()) {
        return null;
      }
    }
    return polynomial(known);
  }

  /**
   * What a sliding window makes of a size.
   *
   * @param padding both sides together
   */
  @Nullable Polynomial slid(Polynomial size, int kernel, int stride, long padding, int dilation) {
    if (stride == 1 && padding == (long) dilation * (kernel - 1)) {
      return size;
    }
    return made(
        size,
        in -> Sliding.convolution(in, kernel, stride, padding, dilation),
        "slid",
        padding - (long) dilation * (kernel - 1),
        stride);
  }

  /**
   * Takes another input.
   *
   * @return whether it differs in batch and sides only, and every size is 1 or more
   */
  boolean take(Shape shape) {
    if (shape.rank() != input.rank()) {
      return false;
    }
    for (int i = 0; i < shape.rank(); i++) {
      Symbol symbol = input.size(i).symbol();
      if (symbol != null) {
        symbol.take(shape.size(i));
      } else if (!input.size(i).isConstant(shape.size(i))) {
        return false;
      }
    }
    taken++;
    boolean fits = true;
    for (Symbol symbol : symbols) {
      fits &= symbol.update();
    }
    return fits && productsFit();
  }

  private boolean productsFit() {
    try {
      for (Polynomial product : fitting) {
        product.value();
      }
      return true;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /** A number that changes with every input that is taken. */
  int taken() {
    return taken;
  }
}
