package org.whichflops.report.workbook;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.SheetText;
import org.whichflops.report.table.TableWriter;

/** A table as part of a sheet. */
final class SheetTable implements TableWriter {
  /** The column of the batch in a comparison, and that of the first convention. */
  private static final int BATCH = 1;

  private static final int FIRST_COUNT = 5;

  private final Worksheet sheet;
  private final int top;
  private final List<Integer> widths = new ArrayList<>();
  private int row;

  SheetTable(Worksheet sheet, int top) {
    this.sheet = sheet;
    this.top = top;
    this.row = top;
  }

  @Override
  public void begin(List<Column> columns) {
    for (int i = 0; i < columns.size(); i++) {
      SheetText.text(sheet, row, i, columns.get(i).name());
      sheet.style(row, i).bold().set();
      widths.add(columns.get(i).name().length());
    }
    row++;
    if (top == 0) {
      sheet.freezePane(1, 1);
    }
  }

  @Override
  public void row(@Nullable Object... cells) {
    for (int i = 0; i < cells.length; i++) {
      Object cell = cells[i];
      if (cell instanceof Long number) {
        SheetText.number(sheet, row, i, number);
      } else if (cell != null) {
        SheetText.text(sheet, row, i, cell.toString());
      }
      // A third more than its digits, for the commas.
      widths.set(i, Math.max(widths.get(i), Objects.toString(cell, "").length() * 4 / 3));
    }
    row++;
  }

  @Override
  public void close() {
    for (int i = 0; i < widths.size(); i++) {
      sheet.width(i, SheetText.columnWidth(widths.get(i)));
    }
    if (top == 0) {
      sheet.setAutoFilter(0, 0, row - 1, widths.size() - 1);
    }
  }

  /** The row after the table. */
  int end() {
    return row;
  }

  /** Whether a row of a comparison has any count. */
  boolean isCounted(int row, int conventions) {
    for (int i = 0; i < conventions; i++) {
      if (sheet.value(row, FIRST_COUNT + i) != null) {
        return true;
      }
    }
    return false;
  }

  /** Has a row of a comparison take its batch and its counts from the sheet of layers. */
  void refer(int row, LayersBlock block, int conventions) {
    formula(row, BATCH, block.batchCell());
    for (int i = 0; i < conventions; i++) {
      String total = block.totalCell(i);
      if (total != null && sheet.value(row, FIRST_COUNT + i) != null) {
        formula(row, FIRST_COUNT + i, total);
      }
    }
  }

  private void formula(int row, int column, String cell) {
    sheet.formula(row, column, "Layers!" + cell);
    sheet.style(row, column).format("#,##0").set();
  }
}
