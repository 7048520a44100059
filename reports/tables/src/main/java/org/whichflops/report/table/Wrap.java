package org.whichflops.report.table;

import java.util.ArrayList;
import java.util.List;

/** Breaks sentences into lines at blanks, and shortens names. */
public final class Wrap {
  private Wrap() {}

  /** Lines of at most a width; a word that is longer has a line of its own. One line at least. */
  public static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      boolean fits = TextTable.length(line.toString()) + 1 + TextTable.length(word) <= width;
      if (line.length() > 0 && !fits) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }

  /** The beginning of a sentence, with an ellipsis at a blank where it is longer than a width. */
  static String begun(String text, int width) {
    return TextTable.length(text) <= width ? text : lines(text, width - 2).get(0) + " \u2026";
  }

  /** A name of at most a width, with an ellipsis in its middle where it is longer. */
  static String shortened(String name, int width) {
    int length = TextTable.length(name);
    if (length <= width) {
      return name;
    }
    int tail = (width - 1) / 2;
    return name.substring(0, name.offsetByCodePoints(0, width - 1 - tail))
        + "\u2026"
        + name.substring(name.offsetByCodePoints(0, length - tail));
  }
}
