package org.whichflops.report.table;

/** Text in a page of HTML, where it is text and nothing else. */
public final class HtmlText {
  private HtmlText() {}

  /**
   * The text as it stands between tags or in an attribute's quotes: no character of a name begins a
   * tag or an entity or ends an attribute, and control characters are replaced.
   */
  public static String escaped(String text) {
    String line = SafeText.line(text);
    StringBuilder escaped = new StringBuilder(line.length() + 16);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }
}
