package org.whichflops.report.workbook;

import java.io.IOException;
import org.whichflops.report.compare.ComparisonTable;
import org.whichflops.report.compare.Sweep;

/**
 * The sheet with every model at every input: a row each, a column a convention. Where the sheet of
 * layers has a model's counts as formulas, they are taken from there.
 */
final class Summary {
  /** The columns of the batch, the height, the width, and the first convention. */
  private static final int BATCH = 1;

  private static final int HEIGHT = 2;
  private static final int WIDTH = 3;
  private static final int FIRST_COUNT = 5;

  private final Grid sheet;
  private final int conventions;

  private Summary(Grid sheet, int conventions) {
    this.sheet = sheet;
    this.conventions = conventions;
  }

  /**
   * Counts, and writes the sheet.
   *
   * @throws org.whichflops.report.compare.NothingCountedException where not one input could run
   */
  static Summary write(Sweep sweep, Grid sheet) throws IOException {
    ComparisonTable.wide(new SheetTable(sheet, 0), sweep.conventions()).write(sweep);
    return new Summary(sheet, sweep.conventions().size());
  }

  /** Whether a row has any count. */
  boolean isCounted(int row) {
    for (int i = 0; i < conventions; i++) {
      if (isCounted(row, i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a row has a convention's count. */
  boolean isCounted(int row, int convention) {
    return !sheet.isEmpty(row, FIRST_COUNT + convention);
  }

  /** Whether that is a number: of 15 digits at most. */
  boolean isNumber(int row, int convention) {
    return sheet.isNumber(row, FIRST_COUNT + convention);
  }

  /** The count in a row; 0 where there is none, or one of more than 15 digits. */
  long count(int row, int convention) {
    return sheet.value(row, FIRST_COUNT + convention);
  }

  /** The input of a row in words. */
  String input(int row) {
    long height = sheet.value(row, HEIGHT);
    String batch = "batch " + sheet.value(row, BATCH);
    return height == 0 ? batch : "%s, %dx%d".formatted(batch, height, sheet.value(row, WIDTH));
  }

  /** The cell of a row's count, as other sheets call it. */
  String cell(int row, int convention) {
    return sheet.name() + "!" + Cells.fixed(row, FIRST_COUNT + convention);
  }

  /** Has a row take its batch and its counts from the sheet of layers. */
  void refer(int row, LayersBlock block) {
    refer(row, BATCH, block.batchCell());
    for (int i = 0; i < conventions; i++) {
      String total = block.totalCell(i);
      if (total != null && isCounted(row, i)) {
        refer(row, FIRST_COUNT + i, total);
      }
    }
  }

  /** A number that stands as text stays: a formula has no more than 15 digits. */
  private void refer(int row, int column, String cell) {
    if (sheet.isNumber(row, column)) {
      sheet.formula(row, column, cell, sheet.value(row, column), Look.COUNT);
    }
  }
}
