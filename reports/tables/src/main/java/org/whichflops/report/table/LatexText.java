package org.whichflops.report.table;

/** Names and sentences in LaTeX. */
final class LatexText {
  /** Letters of Latin-1 that the default encoding of fonts lacks. */
  private static final String GAPS = "\u00D0\u00DE\u00F0\u00FE";

  /** Dashes, quotation marks and an ellipsis. */
  private static final String PUNCTUATION = "\u2013\u2014\u2018\u2019\u201C\u201D\u2026";

  private LatexText() {}

  /** The text, in which no character is a command. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    int last = 0;
    for (int c : SafeText.line(text).codePoints().toArray()) {
      if (c == last && (c == '-' || c == '\'')) {
        escaped.append("{}"); // else two hyphens are a dash
      }
      last = c;
      switch (c) {
        case '\\' -> escaped.append("\\textbackslash{}");
        case '~' -> escaped.append("\\textasciitilde{}");
        case '^' -> escaped.append("\\textasciicircum{}");
        case '<' -> escaped.append("\\textless{}");
        case '>' -> escaped.append("\\textgreater{}");
        case '|' -> escaped.append("\\textbar{}");
        // Not \textquotedbl, which the default encoding of fonts lacks.
        case '"' -> escaped.append("\\symbol{34}");
        case '\uFFFD' -> escaped.append('?');
        // Nor does it join others: ?` would be an inverted question mark.
        case '`' -> escaped.append("{`}");
        // A row that begins with a bracket would be the argument of the line break before it.
        case '[' -> escaped.append("{[}");
        case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').append((char) c);
        default -> escaped.append(isKnown(c) ? Character.toString(c) : "U+%04X".formatted(c));
      }
    }
    return escaped.toString();
  }

  /** Whether every LaTeX has the character in its default fonts; another would be an error. */
  private static boolean isKnown(int c) {
    boolean letter = c >= 0xC0 && c <= 0xFF && GAPS.indexOf(c) < 0;
    return c < 0x80 || letter || PUNCTUATION.indexOf(c) >= 0;
  }
}
