package org.whichflops.report.table;

import java.util.ArrayList;
import java.util.List;

/** Breaks sentences into lines at blanks. */
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
}
