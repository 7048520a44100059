package org.whichflops.report.table;

/** Names and sentences in LaTeX. */
final class LatexText {
  private LatexText() {}

  /** The text, in which no character is a command. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : SafeText.line(text).toCharArray()) {
      switch (c) {
        case '\\' -> escaped.append("\\textbackslash{}");
        case '~' -> escaped.append("\\textasciitilde{}");
        case '^' -> escaped.append("\\textasciicircum{}");
        case '<' -> escaped.append("\\textless{}");
        case '>' -> escaped.append("\\textgreater{}");
        case '|' -> escaped.append("\\textbar{}");
        case '"' -> escaped.append("\\textquotedbl{}");
        // A row that begins with a bracket would be the argument of the line break before it.
        case '[' -> escaped.append("{[}");
        case '&', '%', '$', '#', '_', '{', '}' -> escaped.append('\\').append(c);
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
