package org.whichflops.format.pt2;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.ShapeException;

/** A whole number that may depend on the sizes of the input: {@code 32 * s3}, {@code s0 // 2}. */
sealed interface SizeExpr {
  /**
   * The value, where each symbol has the value at its index.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1, or where a division leaves a remainder
   */
  long at(long[] symbols);

  /** Whether the value depends on a symbol. */
  boolean symbolic();

  /** A number. */
  record Number(long value) implements SizeExpr {
    @Override
    public long at(long[] symbols) {
      return value;
    }

    @Override
    public boolean symbolic() {
      return false;
    }
  }

  /** A symbol, by its index. */
  record Symbol(int index) implements SizeExpr {
    @Override
    public long at(long[] symbols) {
      return symbols[index];
    }

    @Override
    public boolean symbolic() {
      return true;
    }
  }

  /** What the file writes in a way that is not understood: its value at the exported size only. */
  record Hint(String text, long value, Symbols table) implements SizeExpr {
    @Override
    public long at(long[] symbols) {
      if (!java.util.Arrays.equals(symbols, table.exported())) {
        throw new ShapeException(
            "a size is '%s' in the file, which is understood at the exported size only"
                .formatted(text));
      }
      return value;
    }

    @Override
    public boolean symbolic() {
      return true;
    }
  }

  /** An operation on other expressions. */
  record Operation(Kind kind, List<SizeExpr> of) implements SizeExpr {
    /** What is done; divisions round as Python's do. */
    enum Kind {
      SUM,
      PRODUCT,
      POWER,
      QUOTIENT,
      FLOOR_QUOTIENT,
      CEILING_QUOTIENT,
      REMAINDER,
      LEAST,
      GREATEST
    }

    @Override
    public long at(long[] symbols) {
      long value = of.get(0).at(symbols);
      for (int i = 1; i < of.size(); i++) {
        value = combined(value, of.get(i).at(symbols));
      }
      return value;
    }

    private long combined(long a, long b) {
      return switch (kind) {
        case SUM -> Math.addExact(a, b);
        case PRODUCT -> Math.multiplyExact(a, b);
        case POWER -> power(a, b);
        case QUOTIENT -> {
          if (b == 0 || a % b != 0) {
            throw new ArithmeticException(a + " / " + b + " is no whole number");
          }
          yield a / b;
        }
        case FLOOR_QUOTIENT -> Math.floorDiv(a, b);
        case CEILING_QUOTIENT -> -Math.floorDiv(-a, b);
        case REMAINDER -> Math.floorMod(a, b);
        case LEAST -> Math.min(a, b);
        case GREATEST -> Math.max(a, b);
      };
    }

    private static long power(long base, long exponent) {
      if (exponent < 0 || exponent > Long.SIZE) {
        throw new ArithmeticException("power " + exponent);
      }
      long product = 1;
      for (long i = 0; i < exponent; i++) {
        product = Math.multiplyExact(product, base);
      }
      return product;
    }

    @Override
    public boolean symbolic() {
      return anySymbolic(of);
    }
  }

  /** An operation, worked out where it depends on nothing. */
  static SizeExpr of(Operation.Kind kind, List<SizeExpr> of) {
    Operation operation = new Operation(kind, List.copyOf(of));
    return operation.symbolic() ? operation : new Number(operation.at(new long[0]));
  }

  /** Whether the value of any depends on a symbol. */
  static boolean anySymbolic(List<SizeExpr> sizes) {
    for (SizeExpr size : sizes) {
      if (size.symbolic()) {
        return true;
      }
    }
    return false;
  }

  /** The value, or null where it depends on a symbol. */
  default @Nullable Long constant() {
    return symbolic() ? null : (Long) at(new long[0]);
  }
}
