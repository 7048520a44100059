package org.whichflops.format.pt2;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds every symbol's value at the exported size from the hints that sizes come with. */
final class ExportedSizes {
  /** An expression and its value at the exported size. */
  record Hinted(SizeExpr expr, long value) {}

  private final Symbols symbols;
  private final List<Hinted> hints;

  ExportedSizes(Symbols symbols, List<Hinted> hints) {
    this.symbols = symbols;
    this.hints = hints;
  }

  void find() {
    boolean[] known = new boolean[symbols.count()];
    long[] values = new long[symbols.count()];
    boolean found = true;
    while (found) {
      found = false;
      for (Hinted hint : hints) {
        Integer index = Solver.onlyUnknown(hint.expr(), known);
        if (index != null) {
          Long value = Solver.solve(hint.expr(), hint.value(), index, values);
          if (value != null) {
            values[index] = value;
            known[index] = true;
            symbols.exported(index, value);
            found = true;
          }
        }
      }
    }
  }

  /** Finds the value of a symbol that gives an expression a value. */
  static final class Solver {
    private Solver() {}

    /** The one symbol of an expression that is not known, or null where there are none or more. */
    static @Nullable Integer onlyUnknown(SizeExpr expr, boolean[] known) {
      Integer only = null;
      if (expr instanceof SizeExpr.Symbol symbol) {
        return known[symbol.index()] ? null : (Integer) symbol.index();
      }
      if (expr instanceof SizeExpr.Operation operation) {
        for (SizeExpr part : operation.of()) {
          Integer unknown = onlyUnknown(part, known);
          if (unknown != null && only != null && !unknown.equals(only)) {
            return null;
          }
          only = unknown == null ? only : unknown;
        }
      }
      return only;
    }

    /** Takes the expression for a line {@code a * symbol + b}; null where it is none. */
    static @Nullable Long solve(SizeExpr expr, long wanted, int index, long[] symbols) {
      long[] trial = symbols.clone();
      try {
        trial[index] = 0;
        long offset = expr.at(trial);
        trial[index] = 1;
        long slope = Math.subtractExact(expr.at(trial), offset);
        long rise = Math.subtractExact(wanted, offset);
        if (slope == 0 || rise % slope != 0) {
          return null;
        }
        trial[index] = rise / slope;
        return expr.at(trial) == wanted ? (Long) trial[index] : null;
      } catch (ArithmeticException e) {
        return null;
      }
    }
  }
}
