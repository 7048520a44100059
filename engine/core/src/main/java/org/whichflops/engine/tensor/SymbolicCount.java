package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Difference;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.FloorQuotient;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Negative;
import org.whichflops.engine.formula.Numel;
import org.whichflops.engine.formula.Power;
import org.whichflops.engine.formula.Product;
import org.whichflops.engine.formula.Quotient;
import org.whichflops.engine.formula.Size;
import org.whichflops.engine.formula.Spatial;
import org.whichflops.engine.formula.Sum;
import org.whichflops.engine.formula.Term;
import org.whichflops.engine.formula.Truncated;

/**
 * What a formula comes to for a call, for whatever input: its expressions with sizes in the place
 * of numbers. Nothing is rounded here: a quotient is one only where it is exact for every input, or
 * does not depend on it.
 */
final class SymbolicCount {
  private final Symbols symbols;
  private boolean usesReals;

  /** The product that {@link #isProduct} found. */
  private long factor;

  private Monomial monomial;

  SymbolicCount(Symbols symbols) {
    this.symbols = symbols;
    monomial = symbols.one();
  }

  /**
   * Adds the polynomial of a formula.
   *
   * @return false where it is none, or a call lacks a quantity
   */
  boolean addTo(Polynomial.Sum sum, Formula formula, Call call) {
    for (Term term : formula.terms()) {
      if (!addTo(sum, 1, term.expr(), call)) {
        return false;
      }
    }
    return true;
  }

  private boolean addTo(Polynomial.Sum sum, long times, Expr expr, Call call) {
    if (expr instanceof Sum two) {
      return addTo(sum, times, two.left(), call) && addTo(sum, times, two.right(), call);
    }
    if (expr instanceof Difference two) {
      return addTo(sum, times, two.left(), call)
          && addTo(sum, Math.negateExact(times), two.right(), call);
    }
    if (isProduct(expr, call)) {
      sum.add(Math.multiplyExact(times, factor), monomial);
      return true;
    }
    Polynomial one = of(expr, call);
    if (one != null) {
      sum.add(times, one);
    }
    return one != null;
  }

  /** Whether an expression is a number times one product of symbols, as most are. */
  private boolean isProduct(Expr expr, Call call) {
    if (expr instanceof Constant constant) {
      factor = constant.number();
      monomial = symbols.one();
      return true;
    }
    if (expr instanceof Attribute attribute && attribute.isFixed()) {
      factor = call.attribute(attribute);
      monomial = symbols.one();
      return true;
    }
    if (expr instanceof Product product) {
      if (!isProduct(product.left(), call)) {
        return false;
      }
      long left = factor;
      Monomial of = monomial;
      boolean both = isProduct(product.right(), call);
      if (both) {
        factor = Math.multiplyExact(left, factor);
        monomial = of.times(monomial);
      }
      return both;
    }
    Polynomial polynomial = of(expr, call);
    if (polynomial == null || !polynomial.isProduct()) {
      return false;
    }
    factor = polynomial.factor();
    monomial = polynomial.isConstant() ? symbols.one() : polynomial.monomial();
    return true;
  }

  /**
   * Whether a floating-point number was taken for what it is in exact arithmetic: that holds while
   * the count stays below 2<sup>53</sup>.
   */
  boolean usesReals() {
    return usesReals;
  }

  private @Nullable Polynomial of(Expr expr, Call call) {
    if (expr instanceof Constant constant) {
      return symbols.constant(constant.number());
    }
    if (expr instanceof Attribute attribute) {
      if (attribute.isFixed()) {
        return symbols.constant(call.attribute(attribute));
      }
      Expr equal = call.arguments().expression(attribute, call);
      return equal == null ? null : of(equal, call);
    }
    if (expr instanceof Numel numel) {
      Tensor x = call.find(numel.of());
      return x == null ? null : elements(x);
    }
    if (expr instanceof Spatial spatial) {
      Tensor x = call.find(spatial.of());
      return x == null ? null : x.symbolic(symbols).spatial();
    }
    if (expr instanceof Size size) {
      Tensor x = call.find(size.of());
      return x == null || !x.has(size.dim()) ? null : x.symbolic(symbols).size(size.dim());
    }
    if (expr instanceof Negative negative) {
      Polynomial inner = of(negative.inner(), call);
      return inner == null ? null : inner.times(symbols.constant(-1));
    }
    return calculated(expr, call);
  }

  private Polynomial elements(Tensor x) {
    return x.inPass() ? x.symbolic(symbols).elements() : symbols.constant(x.elements());
  }

  private @Nullable Polynomial calculated(Expr expr, Call call) {
    if (expr instanceof Truncated truncated) {
      Polynomial number = ifConstant(expr, truncated.inner(), truncated.inner(), call);
      return number != null ? number : whole(truncated.inner(), call);
    }
    if (expr instanceof Power power) {
      return ifConstant(expr, power.base(), power.exponent(), call);
    }
    if (expr instanceof Quotient quotient) {
      return ifConstant(expr, quotient.left(), quotient.right(), call);
    }
    if (expr instanceof Sum sum) {
      return calculated(expr, of(sum.left(), call), of(sum.right(), call));
    }
    if (expr instanceof Difference difference) {
      return calculated(expr, of(difference.left(), call), of(difference.right(), call));
    }
    if (expr instanceof Product product) {
      return calculated(expr, of(product.left(), call), of(product.right(), call));
    }
    if (expr instanceof FloorQuotient quotient) {
      Polynomial left = of(quotient.left(), call);
      Polynomial right = of(quotient.right(), call);
      return left != null && right != null && left.isConstant() && right.isConstant()
          ? symbols.constant(expr.value(call))
          : calculated(expr, left, right);
    }
    return null;
  }

  private static @Nullable Polynomial calculated(
      Expr expr, @Nullable Polynomial left, @Nullable Polynomial right) {
    if (left == null || right == null) {
      return null;
    }
    if (expr instanceof Product) {
      return left.times(right);
    }
    return expr instanceof FloorQuotient
        ? left.dividedBy(right)
        : left.plus(expr instanceof Sum ? 1 : -1, right);
  }

  /** The number that an expression is where the two that it is made of are numbers. */
  private @Nullable Polynomial ifConstant(Expr expr, Expr left, Expr right, Call call) {
    return isConstant(left, call) && isConstant(right, call)
        ? symbols.constant(expr.value(call))
        : null;
  }

  /**
   * A sum or product of whole numbers in floating point, none of which is 0 or less: while the
   * result is exact, all before it are.
   */
  private @Nullable Polynomial whole(Expr expr, Call call) {
    usesReals = true;
    if (expr instanceof Quotient quotient) {
      Polynomial divisor = of(quotient.right(), call);
      return divisor != null && divisor.isConstant(1) ? whole(quotient.left(), call) : null;
    }
    if (expr instanceof Product product) {
      return calculated(expr, whole(product.left(), call), whole(product.right(), call));
    }
    if (expr instanceof Sum sum) {
      return calculated(expr, whole(sum.left(), call), whole(sum.right(), call));
    }
    boolean positive =
        expr instanceof Numel
            || expr instanceof Size
            || (expr instanceof Constant constant && constant.number() > 0);
    return positive ? of(expr, call) : null;
  }

  /** Whether no input changes it; inside a truncation there are real numbers. */
  private boolean isConstant(Expr expr, Call call) {
    if (expr instanceof Quotient quotient) {
      return isConstant(quotient.left(), call) && isConstant(quotient.right(), call);
    }
    if (expr instanceof Product product) {
      return isConstant(product.left(), call) && isConstant(product.right(), call);
    }
    if (expr instanceof Sum sum) {
      return isConstant(sum.left(), call) && isConstant(sum.right(), call);
    }
    if (expr instanceof Difference difference) {
      return isConstant(difference.left(), call) && isConstant(difference.right(), call);
    }
    Polynomial polynomial = of(expr, call);
    return polynomial != null && polynomial.isConstant();
  }
}
