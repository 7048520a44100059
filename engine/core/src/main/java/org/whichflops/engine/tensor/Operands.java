package org.whichflops.engine.tensor;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.Size;

/**
 * The tensors that have one part in the calls of a group, and what is read from them. A module, the
 * function that it calls and the operator in that have the same, so that groups of either read them
 * once.
 */
final class Operands {
  private final Tensor[] tensors;
  private final List<Column> columns = new ArrayList<>();

  Operands(Tensor[] tensors) {
    this.tensors = tensors;
  }

  @SuppressWarnings("ReferenceEquality") // a pass has one object for a tensor
  boolean areOf(Tensor[] others) {
    if (others.length != tensors.length) {
      return false;
    }
    for (int i = 0; i < others.length; i++) {
      if (others[i] != tensors[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether two expressions read the same of a tensor, whatever part it has in the call. */
  private static boolean isSame(Expr one, Expr other) {
    return one instanceof Size size
        ? other instanceof Size otherSize && size.dim() == otherSize.dim()
        : one.getClass() == other.getClass();
  }

  /** The column of what is read; a group of calls that have these tensors asks for it. */
  Column column(Expr expr, CallGroup asking) {
    for (Column column : columns) {
      if (isSame(column.expr(), expr)) {
        return column;
      }
    }
    Column column = new Column(asking, expr, null, null);
    columns.add(column);
    return column;
  }
}
