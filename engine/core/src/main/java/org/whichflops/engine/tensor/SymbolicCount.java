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
import org.whichflops.engine.formula.Role;
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

  SymbolicCount(Symbols symbols) {
    this.symbols = symbols;
  }

  /** The polynomial of a formula, or null where it is none, or a call lacks a quantity. */
  @Nullable Polynomial of(Formula formula, Call call) {
    Polynomial.Sum sum = new Polynomial.Sum();
    for (Term term : formula.terms()) {
      Polynomial one = of(term.expr(), call);
      if (one == null) {
        return null;
      }
      sum.add(1, one);
    }
    return sum.total();
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
      SymbolicShape shape = shape(numel.of(), call);
      return shape == null ? null : shape.elements();
    }
    if (expr instanceof Spatial spatial) {
      SymbolicShape shape = shape(spatial.of(), call);
      return shape == null ? null : shape.spatial();
    }
    if (expr instanceof Size size) {
      SymbolicShape shape = shape(size.of(), call);
      return shape == null || !call.tensor(size.of()).has(size.dim())
          ? null
          : shape.size(size.dim());
    }
    if (expr instanceof Negative negative) {
      Polynomial inner = of(negative.inner(), call);
      return inner == null ? null : inner.times(symbols.constant(-1));
    }
    return calculated(expr, call);
  }

  private @Nullable SymbolicShape shape(Role role, Call call) {
    return call.has(role) ? call.tensor(role).symbolic(symbols) : null;
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
