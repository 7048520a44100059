package org.whichflops.report.workbook;

/** The names of cells: rows and columns count from 0. */
final class Cells {
  private static final int LETTERS = 26;

  private Cells() {}

  /** {@code B7}. */
  static String free(int row, int column) {
    return letters(column) + (row + 1);
  }

  /** {@code $B7}, which stays in its column when the formula is copied. */
  static String inColumn(int row, int column) {
    return "$" + free(row, column);
  }

  /** {@code $B$7}. */
  static String fixed(int row, int column) {
    return "$" + letters(column) + "$" + (row + 1);
  }

  private static String letters(int column) {
    String last = String.valueOf((char) ('A' + column % LETTERS));
    return column < LETTERS ? last : letters(column / LETTERS - 1) + last;
  }
}
