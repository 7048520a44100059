package org.whichflops.report.workbook;

import org.apache.poi.ss.usermodel.BorderStyle;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FillPatternType;
import org.apache.poi.ss.usermodel.Font;
import org.apache.poi.ss.usermodel.HorizontalAlignment;
import org.apache.poi.ss.usermodel.IndexedColors;
import org.apache.poi.ss.usermodel.VerticalAlignment;
import org.apache.poi.ss.usermodel.Workbook;

/** How a cell looks. */
enum Look {
  /** Text as it comes. */
  PLAIN(true),
  /** A sentence, broken into lines. */
  PROSE(false),
  /** What stands above a table. */
  TITLE(false),
  /** A remark above a column. */
  REMARK(false),
  /** The name of a column of text. */
  HEAD(true),
  /** The name of a column of numbers. */
  NUMBER_HEAD(true),
  /** A number. */
  COUNT(true),
  /** A sum of numbers. */
  TOTAL(true),
  /** A number to be changed by who reads it. */
  INPUT(true);

  private final boolean widens;

  Look(boolean widens) {
    this.widens = widens;
  }

  /** Whether a column is to be as wide as such a cell. */
  boolean widens() {
    return widens;
  }

  private boolean isNumber() {
    return this == COUNT || this == TOTAL || this == INPUT || this == NUMBER_HEAD;
  }

  private boolean isHead() {
    return this == HEAD || this == NUMBER_HEAD;
  }

  private boolean isBold() {
    return this == TITLE || isHead() || this == TOTAL || this == INPUT;
  }

  /** The workbook's style for it. */
  CellStyle style(Workbook workbook) {
    CellStyle style = workbook.createCellStyle();
    if (isBold() || this == REMARK) {
      Font font = workbook.createFont();
      font.setBold(isBold());
      font.setItalic(this == REMARK);
      if (this == REMARK) {
        font.setColor(IndexedColors.GREY_50_PERCENT.index);
      }
      style.setFont(font);
    }
    if (isNumber()) {
      style.setAlignment(HorizontalAlignment.RIGHT);
      style.setDataFormat(workbook.createDataFormat().getFormat("#,##0"));
    }
    if (this == PROSE || this == REMARK) {
      style.setWrapText(true);
    }
    style.setVerticalAlignment(VerticalAlignment.TOP);
    if (this == INPUT || isHead()) {
      style.setFillForegroundColor(
          (isHead() ? IndexedColors.GREY_25_PERCENT : IndexedColors.LIGHT_YELLOW).index);
      style.setFillPattern(FillPatternType.SOLID_FOREGROUND);
    }
    if (this == TOTAL) {
      style.setBorderTop(BorderStyle.THIN);
    }
    return style;
  }
}
