package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A product of symbols. A pass has one object for a product, whatever the order. */
final class Monomial {
  private final Symbols symbols;
  private final int id;
  private final List<Symbol> factors;

  /** The product without its last factor; null for the product of nothing, which is 1. */
  private final @Nullable Monomial rest;

  private final IdentityHashMap<Monomial, Monomial> products = new IdentityHashMap<>();
  private long value = 1;
  private int valueOf;

  Monomial(Symbols symbols, int id, List<Symbol> factors, @Nullable Monomial rest) {
    this.symbols = symbols;
    this.id = id;
    this.factors = factors;
    this.rest = rest;
  }

  int id() {
    return id;
  }

  /** Symbols in their order, as often as they are multiplied. */
  List<Symbol> factors() {
    return factors;
  }

  boolean isOne() {
    return rest == null;
  }

  Monomial times(Monomial other) {
    if (isOne() || other.isOne()) {
      return isOne() ? other : this;
    }
    return products.computeIfAbsent(other, by -> symbols.product(this, by));
  }

  /** The product without some factors, or null where it lacks one of them. */
  @Nullable Monomial without(List<Symbol> others) {
    if (others.isEmpty()) {
      return this;
    }
    List<Symbol> left = new ArrayList<>(factors);
    for (Symbol factor : others) {
      if (!left.remove(factor)) {
        return null;
      }
    }
    return symbols.monomial(left);
  }

  @Nullable Monomial without(Symbol other) {
    return without(List.of(other));
  }

  /** How often a symbol is multiplied. */
  int degree(Symbol symbol) {
    int degree = 0;
    for (Symbol factor : factors) {
      degree += factor == symbol ? 1 : 0;
    }
    return degree;
  }

  /**
   * The value for the input that was taken last.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1
   */
  long value() {
    if (rest != null && valueOf != symbols.taken()) {
      value = Math.multiplyExact(rest.value(), factors.get(factors.size() - 1).value());
      valueOf = symbols.taken();
    }
    return value;
  }
}
