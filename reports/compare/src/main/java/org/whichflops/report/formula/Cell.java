package org.whichflops.report.formula;

/** Where the variables of a formula stand on a sheet: a row of its own below the head. */
final class Cell {
  private Cell() {}

  /** The cell of a variable in the first row below the head. */
  static String name(int variable) {
    return name(variable, 2);
  }

  static String name(int variable, int row) {
    return (char) ('A' + variable) + Integer.toString(row);
  }
}
