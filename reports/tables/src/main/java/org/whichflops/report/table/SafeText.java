package org.whichflops.report.table;

/** Makes names from files harmless where a program could take them for more than text. */
public final class SafeText {
  private SafeText() {}

  /** Whether a spreadsheet would take the text for a formula. */
  static boolean isFormula(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
  }

  /** The text as a spreadsheet's cell: an apostrophe keeps a formula from being one. */
  static String cell(String text) {
    return isFormula(text) ? "'" + text : text;
  }

  /** The text on a terminal: control characters, which could move its cursor, are replaced. */
  public static String line(String text) {
    boolean clean = true;
    for (int i = 0; clean && i < text.length(); i++) {
      clean = !Character.isISOControl(text.charAt(i));
    }
    return clean ? text : text.replaceAll("\\p{Cntrl}", "\uFFFD");
  }
}
