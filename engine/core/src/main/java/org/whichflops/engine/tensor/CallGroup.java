package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Constant;
import org.whichflops.engine.formula.Difference;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.FloorQuotient;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Negative;
import org.whichflops.engine.formula.Numel;
import org.whichflops.engine.formula.Product;
import org.whichflops.engine.formula.Role;
import org.whichflops.engine.formula.Size;
import org.whichflops.engine.formula.Spatial;
import org.whichflops.engine.formula.Sum;
import org.whichflops.engine.formula.UnknownQuantityException;

/**
 * Calls of a pass for which formulas are worked out together: every part of a formula once a run
 * for all of them, however many formulas have it.
 *
 * <p>{@link ForwardPass#group} hands the same group to all who ask for the same calls, so that
 * conventions share what they have in common. Good as long as the pass's structure stays.
 */
public final class CallGroup {
  private static final Expr ZERO = new Constant(0);

  private final ForwardPass pass;
  private final int[] indices;
  private final Call[] calls;
  private final Map<Role, Tensor[]> operands = new EnumMap<>(Role.class);
  private final Arguments[] arguments;
  private int argumentsOf = Column.NEVER;
  private int argumentsChanged;
  private final Map<Formula, GroupSum> sums = new HashMap<>();
  private final List<Column> columns = new ArrayList<>();
  private final IdentityHashMap<Expr, Column> known = new IdentityHashMap<>();

  CallGroup(ForwardPass pass, int[] indices) {
    this.pass = pass;
    this.indices = indices;
    this.calls = new Call[indices.length];
    this.arguments = new Arguments[indices.length];
    for (int i = 0; i < indices.length; i++) {
      calls[i] = pass.call(indices[i]);
      arguments[i] = calls[i].arguments();
    }
  }

  boolean isOf(int[] others) {
    return Arrays.equals(indices, others);
  }

  /** What a formula comes to over all calls; the same for formulas that are the same. */
  public GroupSum sum(Formula formula) {
    return sums.computeIfAbsent(formula, one -> new GroupSum(this, one));
  }

  /** The column of an expression; the same for expressions that are the same. */
  Column column(Expr expr) {
    Column column = known.get(expr);
    if (column == null) {
      column = shared(expr);
      column = column != null ? column : likeOrNew(newColumn(expr));
      known.put(expr, column);
    }
    return column;
  }

  /** What is read from tensors that all calls have, or null. */
  private @Nullable Column shared(Expr expr) {
    Role role =
        expr instanceof Numel numel
            ? numel.of()
            : expr instanceof Size size
                ? size.of()
                : expr instanceof Spatial spatial ? spatial.of() : null;
    if (role == null || !Arrays.stream(calls).allMatch(call -> call.has(role))) {
      return null;
    }
    Tensor[] found = tensors(role);
    if (expr instanceof Size size && !Arrays.stream(found).allMatch(x -> x.has(size.dim()))) {
      return null;
    }
    return pass.operands(found).column(expr, this);
  }

  private Column newColumn(Expr expr) {
    if (expr instanceof Product product) {
      return new Column(this, expr, column(product.left()), column(product.right()));
    }
    if (expr instanceof Sum sum) {
      return new Column(this, expr, column(sum.left()), column(sum.right()));
    }
    if (expr instanceof Difference difference) {
      return new Column(this, expr, column(difference.left()), column(difference.right()));
    }
    if (expr instanceof Negative negative) {
      return newColumn(new Difference(ZERO, negative.inner()));
    }
    if (expr instanceof FloorQuotient quotient) {
      return new Column(this, expr, column(quotient.left()), column(quotient.right()));
    }
    return new Column(this, expr, null, null);
  }

  /** The product of columns; null for none. */
  @Nullable Column product(List<Column> factors) {
    Column product = null;
    for (Column factor : factors) {
      product =
          product == null
              ? factor
              : likeOrNew(
                  new Column(this, new Product(product.expr(), factor.expr()), product, factor));
    }
    return product;
  }

  private Column likeOrNew(Column column) {
    for (Column other : columns) {
      if (column.isLike(other)) {
        return other;
      }
    }
    columns.add(column);
    return column;
  }

  /** Whether a real number is a whole one for every call. */
  boolean isWhole(Expr expr) {
    for (Call call : calls) {
      double real = expr.real(call);
      if (real != Math.rint(real)) {
        return false;
      }
    }
    return true;
  }

  /** What a formula comes to over all calls for whatever input, or null where one has none. */
  @Nullable Polynomial polynomial(Formula formula, SymbolicCount counts) {
    Polynomial.Sum sum = new Polynomial.Sum();
    try {
      for (Call call : calls) {
        if (!counts.addTo(sum, formula, call)) {
          return null;
        }
      }
      return sum.total();
    } catch (ArithmeticException | UnknownQuantityException e) {
      return null; // call by call, which says where
    }
  }

  int size() {
    return calls.length;
  }

  ForwardPass pass() {
    return pass;
  }

  /** A number that stays as long as every call is given the same arguments run after run. */
  int argumentsChanged() {
    if (argumentsOf != pass.argumentLists()) {
      for (int i = 0; i < calls.length; i++) {
        if (calls[i].arguments() != arguments[i]) {
          arguments[i] = calls[i].arguments();
          argumentsChanged++;
        }
      }
      argumentsOf = pass.argumentLists();
    }
    return argumentsChanged;
  }

  /** The tensors that have a part in the calls. */
  private Tensor[] tensors(Role role) {
    Tensor[] found = operands.get(role);
    if (found == null) {
      found = new Tensor[calls.length];
      for (int i = 0; i < calls.length; i++) {
        found[i] = calls[i].tensor(role);
      }
      operands.put(role, found);
    }
    return found;
  }

  /**
   * Fills in what is no calculation on other columns, call by call.
   *
   * @return whether any value is another than before
   */
  boolean fill(Expr expr, long[] values) {
    long changes = 0;
    if (expr instanceof Constant constant) {
      Arrays.fill(values, constant.number());
      return true;
    } else if (expr instanceof Attribute attribute) {
      for (int i = 0; i < values.length; i++) {
        long value = calls[i].attribute(attribute);
        changes |= value ^ values[i];
        values[i] = value;
      }
    } else if (expr instanceof Numel numel) {
      Tensor[] of = tensors(numel.of());
      for (int i = 0; i < values.length; i++) {
        long value = of[i].elements();
        changes |= value ^ values[i];
        values[i] = value;
      }
    } else if (expr instanceof Size size) {
      Tensor[] of = tensors(size.of());
      int dim = size.dim();
      for (int i = 0; i < values.length; i++) {
        long value =
            of[i].has(dim) ? of[i].extent(dim) : calls[i].size(size.of(), dim); // which says it
        changes |= value ^ values[i];
        values[i] = value;
      }
    } else if (expr instanceof Spatial spatial) {
      Tensor[] of = tensors(spatial.of());
      for (int i = 0; i < values.length; i++) {
        long value = of[i].spatial();
        changes |= value ^ values[i];
        values[i] = value;
      }
    } else {
      for (int i = 0; i < values.length; i++) {
        long value = expr.value(calls[i]);
        changes |= value ^ values[i];
        values[i] = value;
      }
    }
    return changes != 0;
  }
}
