package org.whichflops.engine.formula;

/** One labelled part of a formula; equals and hashCode are written out, as in {@link Expr}. */
public record Term(Label label, Expr expr) {
  @Override
  public boolean equals(Object other) {
    return other instanceof Term term && label == term.label && expr.equals(term.expr);
  }

  @Override
  public int hashCode() {
    return 31 * label.hashCode() + expr.hashCode();
  }
}
