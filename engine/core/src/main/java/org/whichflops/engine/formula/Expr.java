package org.whichflops.engine.formula;

/**
 * An integer expression over a call's quantities.
 *
 * <p>Evaluation is exact: it throws {@link ArithmeticException} past 2<sup>63</sup> - 1 instead of
 * wrapping. {@link Quotient} is the one inexact operation, and stands inside a {@link Truncated}
 * only, where a tool computes in floating point and cuts the result.
 *
 * <p>The text form ({@link #text}, {@link #parse}) is what tables print and conventions are written
 * in: {@code numel(y) * (x[1] // g) * K}.
 *
 * <p>Each of the records writes out equals and hashCode: what a record has of itself is put
 * together at run time, which costs a start as much as counting a network.
 */
public sealed interface Expr
    permits Attribute,
        Constant,
        Numel,
        Size,
        Spatial,
        Sum,
        Difference,
        Negative,
        Product,
        FloorQuotient,
        Quotient,
        Truncated,
        Power {

  /** The exact integer value for one call. */
  long value(Quantities of);

  /** The value in IEEE double arithmetic, operation by operation. */
  default double real(Quantities of) {
    return value(of);
  }

  /** The text form; {@link #parse} reads it back. */
  String text();

  /** How strongly the outermost operation binds: sums 1, products 2, powers 3, the rest 4. */
  default int precedence() {
    return 4;
  }

  /** The text form, in parentheses unless it binds at least as strongly as asked. */
  default String textBoundBy(int precedence) {
    return precedence() < precedence ? "(" + text() + ")" : text();
  }

  /**
   * Reads an expression.
   *
   * @throws FormulaSyntaxException with the column, where the text is not one
   */
  static Expr parse(String text) {
    return new ExprParser(text).parse();
  }
}
