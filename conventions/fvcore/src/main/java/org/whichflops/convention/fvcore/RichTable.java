package org.whichflops.convention.fvcore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table as Python's package rich prints it into a text, 80 columns wide at most, in a box of
 * plain characters ({@code Table(box=box.ASCII2)}). A column that has to give way wraps at spaces,
 * and cuts words that are too long.
 *
 * <p>Source: rich 15.0.0, {@code table.py}, {@code _ratio.py} and {@code _wrap.py}.
 */
final class RichTable {
  private static final int CONSOLE_WIDTH = 80;
  private static final int PADDING = 2;
  private static final String CUT = "…";

  private final int[] widths;
  private final StringBuilder text = new StringBuilder();

  private RichTable(int[] widths) {
    this.widths = widths;
  }

  /** The table, a line end after its last line. */
  static String of(List<String> headers, List<List<String>> rows) {
    int[] widths = new int[headers.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = headers.get(c).length() + PADDING;
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length() + PADDING);
      }
    }
    collapse(widths, CONSOLE_WIDTH - (widths.length + 1));
    RichTable table = new RichTable(widths);
    table.rule();
    table.row(headers);
    table.rule();
    rows.forEach(table::row);
    table.rule();
    return table.text.toString();
  }

  /** {@code _collapse_widths}: the widest columns give way until all fit. */
  private static void collapse(int[] widths, int most) {
    int excess = Arrays.stream(widths).sum() - most;
    while (excess > 0) {
      int widest = Arrays.stream(widths).max().orElse(0);
      int second = Arrays.stream(widths).filter(width -> width != widest).max().orElse(0);
      int ratios = (int) Arrays.stream(widths).filter(width -> width == widest).count();
      if (widest == second) {
        return;
      }
      int reduce = Math.min(excess, widest - second);
      int remaining = excess;
      for (int c = 0; c < widths.length; c++) {
        if (widths[c] == widest) {
          // round(), whose halves go to the even number
          int share = Math.min(reduce, (int) Math.rint((double) remaining / ratios));
          widths[c] -= share;
          remaining -= share;
          ratios--;
        }
      }
      excess = Arrays.stream(widths).sum() - most;
    }
  }

  private void rule() {
    for (int width : widths) {
      text.append('+').append("-".repeat(width));
    }
    text.append("+\n");
  }

  private void row(List<String> cells) {
    List<List<String>> wrapped = new ArrayList<>();
    int height = 1;
    for (int c = 0; c < widths.length; c++) {
      List<String> lines = wrapped(cells.get(c), Math.max(1, widths[c] - PADDING));
      wrapped.add(lines);
      height = Math.max(height, lines.size());
    }
    for (int line = 0; line < height; line++) {
      for (int c = 0; c < widths.length; c++) {
        List<String> lines = wrapped.get(c);
        String part = line < lines.size() ? lines.get(line) : "";
        text.append("| ").append(part).append(" ".repeat(widths[c] - PADDING - part.length()));
        text.append(' ');
      }
      text.append("|\n");
    }
  }

  /** A cell's lines: words stay with the spaces before the first and after each. */
  private static List<String> wrapped(String cell, int width) {
    if (cell.length() <= width) {
      return List.of(cell);
    }
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (at < cell.length()) {
      int end = at;
      while (end < cell.length() && cell.charAt(end) == ' ') {
        end++;
      }
      while (end < cell.length() && cell.charAt(end) != ' ') {
        end++;
      }
      int wordLength = end - at;
      while (end < cell.length() && cell.charAt(end) == ' ') {
        end++;
      }
      if (line.length() > 0 && line.length() + wordLength > width) {
        lines.add(fitted(line.toString(), width));
        line.setLength(0);
      }
      line.append(cell, at, end);
      at = end;
    }
    lines.add(fitted(line.toString(), width));
    return lines;
  }

  private static String fitted(String line, int width) {
    String text = line.length() > width ? line.stripTrailing() : line;
    return text.length() <= width ? text : text.substring(0, width - 1) + CUT;
  }
}
