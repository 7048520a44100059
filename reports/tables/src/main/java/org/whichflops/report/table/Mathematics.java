package org.whichflops.report.table;

/**
 * A cell that is a formula.
 *
 * @param text as it is typed
 * @param latex as LaTeX mathematics, to stand between dollar signs
 */
public record Mathematics(String text, String latex) {
  @Override
  public String toString() {
    return text;
  }
}
