package org.whichflops.report.table;

import java.util.List;
import org.dhatim.fastexcel.Worksheet;

/** Cells of a spreadsheet: exact numbers, and text that is never computed. */
public final class SheetText {
  /** What a workbook says where a number stands as text. */
  public static final String LONG_NUMBERS =
      "Whole numbers of more than 15 digits stand as text: a spreadsheet keeps 15.";

  /** The longest text a cell takes; with a longer one Excel calls the file damaged. */
  private static final int LONGEST = 32767;

  private static final long LARGEST = 999_999_999_999_999L;
  private static final int WIDEST = 60;
  private static final int NARROWEST = 8;
  private static final int NOTE_WIDTH = 110;

  private SheetText() {}

  /** Whether a spreadsheet keeps every digit of a whole number. */
  public static boolean isExact(long number) {
    return number >= -LARGEST && number <= LARGEST;
  }

  /** Writes a whole number: as a number, or where that would lose digits as text. */
  public static void number(Worksheet sheet, int row, int column, long number) {
    if (isExact(number)) {
      sheet.value(row, column, (Long) number);
      sheet.style(row, column).format("#,##0").set();
    } else {
      sheet.value(row, column, Long.toString(number));
      sheet.style(row, column).horizontalAlignment("right").set();
    }
  }

  /** Writes text: no control characters, nothing that could become a formula. */
  public static void text(Worksheet sheet, int row, int column, String text) {
    sheet.value(row, column, safe(text));
  }

  /** The text that a cell takes: no longer than that, and nothing that could be computed. */
  public static String safe(String text) {
    String safe = SafeText.cell(SafeText.line(text));
    return safe.length() <= LONGEST ? safe : safe.substring(0, LONGEST - 1) + "\u2026";
  }

  /** Writes a sentence a row. */
  public static void notes(Worksheet sheet, List<String> notes) {
    sheet.width(0, NOTE_WIDTH);
    for (int i = 0; i < notes.size(); i++) {
      text(sheet, i, 0, notes.get(i));
      sheet.style(i, 0).wrapText(true).verticalAlignment("top").set();
    }
  }

  /** The characters that a number takes, with the commas between its digits. */
  public static int width(long number) {
    int digits = Long.toString(number).length();
    return digits + digits / 3;
  }

  /** The width of a column whose longest cell has so many characters. */
  public static double columnWidth(int characters) {
    return Math.min(WIDEST, Math.max(NARROWEST, characters + 2));
  }
}
