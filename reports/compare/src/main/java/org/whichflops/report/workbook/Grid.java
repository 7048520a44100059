package org.whichflops.report.workbook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFDrawing;
import org.whichflops.report.table.SheetText;

/**
 * A sheet that is filled cell by cell: exact numbers, text that is never computed, and formulas
 * beside which stands what they come to, for programs that do not compute.
 */
final class Grid {
  /** What POI counts widths in. */
  private static final int CHARACTER = 256;

  private final SXSSFSheet sheet;
  private final Supplier<XSSFDrawing> drawing;
  private final Map<Look, CellStyle> styles = new EnumMap<>(Look.class);
  private final List<Integer> widths = new ArrayList<>();

  Grid(SXSSFSheet sheet, Supplier<XSSFDrawing> drawing, Map<Look, CellStyle> styles) {
    this.sheet = sheet;
    this.drawing = drawing;
    this.styles.putAll(styles);
    // On paper as wide as a page, and as long as it takes.
    sheet.setFitToPage(true);
    sheet.getPrintSetup().setLandscape(true);
    sheet.getPrintSetup().setFitHeight((short) 0);
  }

  /** What formulas call the sheet. */
  String name() {
    return sheet.getSheetName();
  }

  /** Writes text. */
  void text(int row, int column, String text, Look look) {
    String safe = SheetText.safe(text);
    cell(row, column, look).setCellValue(safe);
    widen(column, look, safe.length());
  }

  /** Writes a whole number: as a number, or where that would lose digits as text. */
  void number(int row, int column, long number, Look look) {
    Cell cell = cell(row, column, look);
    if (SheetText.isExact(number)) {
      cell.setCellValue((double) number);
    } else {
      cell.setCellValue(Long.toString(number));
    }
    widen(column, look, SheetText.width(number));
  }

  /**
   * Writes a formula.
   *
   * @param value what it comes to, of 15 digits at most
   */
  void formula(int row, int column, String formula, long value, Look look) {
    Cell cell = cell(row, column, look);
    cell.setCellFormula(formula);
    cell.setCellValue((double) value);
    widen(column, look, SheetText.width(value));
  }

  private Cell cell(int row, int column, Look look) {
    Row cells = sheet.getRow(row);
    Cell cell = (cells == null ? sheet.createRow(row) : cells).createCell(column);
    cell.setCellStyle(styles.get(look));
    return cell;
  }

  /** Whether there is nothing in a cell. */
  boolean isEmpty(int row, int column) {
    Row cells = sheet.getRow(row);
    return cells == null || cells.getCell(column) == null;
  }

  /** Whether there is a number in a cell, or a formula: no text, not even of a long number. */
  boolean isNumber(int row, int column) {
    return !isEmpty(row, column)
        && sheet.getRow(row).getCell(column).getCellType() != CellType.STRING;
  }

  /** The number in a cell, or what its formula comes to; 0 where there is none. */
  long value(int row, int column) {
    return isNumber(row, column)
        ? (long) sheet.getRow(row).getCell(column).getNumericCellValue()
        : 0;
  }

  private void widen(int column, Look look, int characters) {
    while (widths.size() <= column) {
      widths.add(0);
    }
    if (look.widens()) {
      widths.set(column, Math.max(widths.get(column), characters));
    }
  }

  /** Makes columns as wide as what is in them. */
  void fit() {
    for (int i = 0; i < widths.size(); i++) {
      width(i, SheetText.columnWidth(widths.get(i)));
    }
  }

  /** Makes a column so many characters wide. */
  void width(int column, double characters) {
    sheet.setColumnWidth(column, (int) (characters * CHARACTER));
  }

  /** Keeps the first rows and columns where they are. */
  void freeze(int rows, int columns) {
    sheet.createFreezePane(columns, rows);
  }

  /** Lets rows be chosen by the heads of columns. */
  void filter(int firstRow, int lastRow, int columns) {
    sheet.setAutoFilter(new CellRangeAddress(firstRow, lastRow, 0, columns - 1));
  }

  /** Rows written so far leave memory; they cannot be seen or changed any more. */
  void flush() throws IOException {
    sheet.flushRows();
  }

  /** Where charts are drawn. */
  XSSFDrawing drawing() {
    return drawing.get();
  }
}
