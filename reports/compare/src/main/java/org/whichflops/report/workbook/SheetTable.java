package org.whichflops.report.workbook;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;

/** A table as part of a sheet. */
final class SheetTable implements TableWriter {
  private static final int PROSE_WIDTH = 60;

  private final Grid sheet;
  private final int top;
  private List<Column> columns = List.of();
  private int row;

  SheetTable(Grid sheet, int top) {
    this.sheet = sheet;
    this.top = top;
    this.row = top;
  }

  @Override
  public void begin(List<Column> columns) {
    this.columns = List.copyOf(columns);
    for (int i = 0; i < columns.size(); i++) {
      sheet.text(row, i, columns.get(i).name(), isNumber(i) ? Look.NUMBER_HEAD : Look.HEAD);
    }
    row++;
  }

  private boolean isNumber(int column) {
    Column.Kind kind = columns.get(column).kind();
    return kind == Column.Kind.NUMBER || kind == Column.Kind.COUNT;
  }

  @Override
  public void row(@Nullable Object... cells) {
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] instanceof Long number) {
        sheet.number(row, i, number, Look.COUNT);
      } else if (cells[i] != null) {
        boolean prose = columns.get(i).kind() == Column.Kind.PROSE;
        sheet.text(row, i, Objects.toString(cells[i]), prose ? Look.PROSE : Look.PLAIN);
      }
    }
    row++;
  }

  @Override
  public void close() {
    if (top == 0) {
      sheet.freeze(1, 1);
      sheet.filter(0, row - 1, columns.size());
    }
    sheet.fit();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).kind() == Column.Kind.PROSE) {
        sheet.width(i, PROSE_WIDTH);
      }
    }
  }

  /** The row after the table. */
  int end() {
    return row;
  }
}
