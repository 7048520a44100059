package org.whichflops.engine.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sum of labelled terms: what a rule makes of one call. Immutable. */
public final class Formula {
  /** The formula of what is seen and counts nothing. */
  public static final Formula ZERO = of(Label.NOTHING, "0");

  private final Term[] terms;

  private Formula(List<Term> terms) {
    this.terms = terms.toArray(new Term[0]);
  }

  /**
   * A formula of one term.
   *
   * @throws FormulaSyntaxException where the text is not an expression
   */
  public static Formula of(Label label, String expr) {
    return new Formula(List.of(new Term(label, Expr.parse(expr))));
  }

  /** This formula and one more term. */
  public Formula plus(Label label, String expr) {
    List<Term> more = new ArrayList<>(terms());
    more.add(new Term(label, Expr.parse(expr)));
    return new Formula(more);
  }

  /** Every term, in order. */
  public List<Term> terms() {
    return List.of(terms);
  }

  /**
   * The count for one call.
   *
   * @throws ArithmeticException past 2<sup>63</sup> - 1
   */
  public long value(Quantities of) {
    long sum = 0;
    for (Term term : terms) {
      sum = Math.addExact(sum, term.expr().value(of));
    }
    return sum;
  }

  /** The part of the count under one label; 0 where no term has it. */
  public long value(Quantities of, Label label) {
    long sum = 0;
    for (Term term : terms) {
      if (term.label() == label) {
        sum = Math.addExact(sum, term.expr().value(of));
      }
    }
    return sum;
  }

  /** The text form: the terms' expressions, added up. */
  public String text() {
    return terms().stream()
        .map(term -> term.expr().text())
        .reduce((a, b) -> b.startsWith("-") ? a + " - " + b.substring(1) : a + " + " + b)
        .orElse("0");
  }

  /** The same as LaTeX mathematics, to stand between dollar signs. */
  public String latex() {
    return LatexNotation.of(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Formula f && Arrays.equals(terms, f.terms);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(terms);
  }

  @Override
  public String toString() {
    return text();
  }
}
