package org.whichflops.report.table;

/** Makes names from files harmless where a program could take them for more than text. */
public final class SafeText {
  /** What a formula begins with, also in the full width that a Japanese spreadsheet takes, too. */
  private static final String BEGINNINGS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final char REPLACEMENT = '\uFFFD';

  private SafeText() {}

  /** Whether a spreadsheet would take the text for a formula. */
  static boolean isFormula(String text) {
    return !text.isEmpty() && BEGINNINGS.indexOf(text.charAt(0)) >= 0;
  }

  /** The text as a spreadsheet's cell: an apostrophe keeps a formula from being one. */
  static String cell(String text) {
    return isFormula(text) ? "'" + text : text;
  }

  /**
   * The text on a line of a terminal or a page: what could move a cursor, end the line, or show
   * other text than there is, is replaced.
   */
  public static String line(String text) {
    int first = 0;
    while (first < text.length() && !isControl(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    char[] safe = text.toCharArray();
    for (int i = first; i < safe.length; i++) {
      safe[i] = isControl(safe[i]) ? REPLACEMENT : safe[i];
    }
    return new String(safe);
  }

  private static boolean isControl(char c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || (c >= '\u202A' && c <= '\u202E') // turn the direction of what follows
        || (c >= '\u2066' && c <= '\u2069');
  }
}
