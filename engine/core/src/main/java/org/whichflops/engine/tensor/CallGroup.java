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
  private static final Tensor[] NONE = {};

  private final ForwardPass pass;
  private final int[] indices;

  /** The tensors that have a part in the calls; none where a call has no such part. */
  private final Map<Role, Tensor[]> operands = new EnumMap<>(Role.class);

  /** What each call is given beside tensors. */
  private final Arguments[] arguments;

  private int argumentsOf;
  private int argumentsChanged;
  private final Map<Formula, GroupSum> sums = new HashMap<>();
  private final List<Column> columns = new ArrayList<>();
  private final IdentityHashMap<Expr, Column> known = new IdentityHashMap<>();

  CallGroup(ForwardPass pass, int[] indices) {
    this.pass = pass;
    this.indices = indices;
    this.arguments = new Arguments[indices.length];
    this.argumentsOf = pass.argumentLists();
    @Nullable Tensor[] inputs = new Tensor[indices.length];
    @Nullable Tensor[] outputs = new Tensor[indices.length];
    for (int i = 0; i < indices.length; i++) { // all of a call while it is in the caches
      Call call = call(i);
      arguments[i] = call.arguments();
      inputs[i] = call.find(Role.X);
      outputs[i] = call.find(Role.Y);
    }
    operands.put(Role.X, allOrNone(inputs));
    operands.put(Role.Y, allOrNone(outputs));
  }

  private static Tensor[] allOrNone(@Nullable Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (tensor == null) {
        return NONE;
      }
    }
    return tensors;
  }

  private Call call(int i) {
    return pass.call(indices[i]);
  }

  boolean isOf(int[] others) {
    return Arrays.equals(indices, others);
  }

  /** What a formula comes to over all calls; the same for formulas that are the same. */
  public GroupSum sum(Formula formula) {
    GroupSum known = sums.get(formula);
    if (known == null) {
      known = new GroupSum(this, formula);
      sums.put(formula, known);
    }
    return known;
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
    Tensor[] found = tensors(expr);
    if (found.length == 0) {
      return null;
    }
    if (expr instanceof Size size) {
      for (Tensor one : found) {
        if (!one.has(size.dim())) {
          return null;
        }
      }
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
    for (int i = 0; i < indices.length; i++) {
      double real = expr.real(call(i));
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
      for (int i = 0; i < indices.length; i++) {
        if (!counts.addTo(sum, formula, call(i))) {
          return null;
        }
      }
      return sum.total();
    } catch (ArithmeticException | UnknownQuantityException e) {
      return null; // call by call, which says where
    }
  }

  int size() {
    return indices.length;
  }

  ForwardPass pass() {
    return pass;
  }

  /** A number that stays as long as every call is given the same arguments run after run. */
  int argumentsChanged() {
    if (argumentsOf != pass.argumentLists()) {
      for (int i = 0; i < indices.length; i++) {
        if (call(i).arguments() != arguments[i]) {
          arguments[i] = call(i).arguments();
          argumentsChanged++;
        }
      }
      argumentsOf = pass.argumentLists();
    }
    return argumentsChanged;
  }

  private Tensor[] find(Role role) {
    @Nullable Tensor[] found = new Tensor[indices.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = call(i).find(role);
    }
    return allOrNone(found);
  }

  /**
   * Fills in what is no calculation on other columns, for some of the calls.
   *
   * @return whether any value is another than before
   */
  boolean fill(Expr expr, long[] values, int from, int to) {
    if (expr instanceof Constant constant) {
      Arrays.fill(values, from, to, constant.number());
      return true;
    }
    Tensor[] of = tensors(expr);
    long changes = 0;
    if (of.length > 0 && expr instanceof Numel) {
      for (int i = from; i < to; i++) {
        changes |= put(values, i, of[i].elements());
      }
    } else if (of.length > 0 && expr instanceof Size size) {
      for (int i = from; i < to; i++) {
        changes |= put(values, i, size(of[i], size, i));
      }
    } else if (of.length > 0) {
      for (int i = from; i < to; i++) {
        changes |= put(values, i, of[i].spatial());
      }
    } else if (expr instanceof Attribute attribute && attribute != Attribute.PARAMETERS) {
      for (int i = from; i < to; i++) {
        changes |= put(values, i, arguments[i].attribute(attribute, call(i)));
      }
    } else {
      for (int i = from; i < to; i++) {
        changes |= put(values, i, expr.value(call(i)));
      }
    }
    return changes != 0;
  }

  /** Puts a value in the place of another; 0 where it is the same. */
  private static long put(long[] values, int i, long value) {
    long change = values[i] ^ value;
    values[i] = value;
    return change;
  }

  private long size(Tensor of, Size size, int i) {
    return of.has(size.dim())
        ? of.extent(size.dim())
        : size.value(call(i)); // which says that there is none
  }

  /** The tensors that an expression reads, where each call has one. */
  private Tensor[] tensors(Expr expr) {
    Role role =
        expr instanceof Numel numel
            ? numel.of()
            : expr instanceof Size size
                ? size.of()
                : expr instanceof Spatial spatial ? spatial.of() : null;
    if (role == null) {
      return NONE;
    }
    Tensor[] known = operands.get(role);
    if (known == null) {
      known = find(role);
      operands.put(role, known);
    }
    return known;
  }
}
