package org.whichflops.report.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * A workbook for spreadsheets: the table on one sheet, with a head that stays and can be filtered
 * by, and what is to be said about it on another.
 */
final class XlsxTable implements TableWriter {
  /** Rows after which those before leave memory. */
  private static final int CHUNK = 4096;

  private final Caption caption;
  private final Workbook workbook;
  private final Worksheet sheet;
  private List<Column> columns = List.of();
  private int[] widths = {};
  private int rows;
  private boolean longNumbers;
  private boolean quoted;

  XlsxTable(OutputStream out, Caption caption) {
    this.caption = caption;
    workbook = new Workbook(out, "Whichflops", null);
    sheet = workbook.newWorksheet("Table");
  }

  @Override
  public void begin(List<Column> columns) {
    this.columns = List.copyOf(columns);
    widths = new int[columns.size()];
    for (int i = 0; i < columns.size(); i++) {
      text(0, i, columns.get(i).name());
      sheet
          .style(0, i)
          .bold()
          .horizontalAlignment(columns.get(i).isNumber() ? "right" : "left")
          .set();
    }
    sheet.freezePane(0, 1);
    rows = 1;
  }

  @Override
  public void row(@Nullable Object... cells) throws IOException {
    if (rows == Worksheet.MAX_ROWS) {
      throw new IllegalArgumentException(
          "a sheet of a workbook has %d rows and this table more; write it as csv"
              .formatted(Worksheet.MAX_ROWS));
    }
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] instanceof Number number) {
        number(rows, i, number.longValue());
      } else if (cells[i] != null) {
        text(rows, i, Objects.toString(cells[i]));
      }
    }
    if (++rows % CHUNK == 0) {
      setWidths();
      sheet.flush();
    }
  }

  private void number(int row, int column, long number) {
    widths[column] = Math.max(widths[column], SheetText.width(number));
    longNumbers |= !SheetText.isExact(number);
    SheetText.number(sheet, row, column, number);
  }

  private void text(int row, int column, String text) {
    widths[column] = Math.max(widths[column], TextTable.length(text));
    quoted |= SafeText.isFormula(text);
    SheetText.text(sheet, row, column, text);
    if (columns.get(column).kind() == Column.Kind.PROSE && row > 0) {
      sheet.style(row, column).wrapText(true).set();
    }
  }

  /** They are written with the first rows; later ones change nothing. */
  private void setWidths() {
    for (int i = 0; i < widths.length; i++) {
      sheet.width(i, SheetText.columnWidth(widths[i]));
    }
  }

  @Override
  public void close() throws IOException {
    setWidths();
    if (!columns.isEmpty()) {
      sheet.setAutoFilter(0, 0, rows - 1, columns.size() - 1);
    }
    sheet.finish();
    List<String> notes =
        new ArrayList<>(caption.words().isEmpty() ? List.of() : List.of(caption.words()));
    notes.addAll(caption.notes());
    if (longNumbers) {
      notes.add(SheetText.LONG_NUMBERS);
    }
    if (quoted) {
      notes.add("Text that begins like a formula stands after an apostrophe.");
    }
    if (!notes.isEmpty()) {
      SheetText.notes(workbook.newWorksheet("Notes"), notes);
    }
    workbook.finish();
  }
}
