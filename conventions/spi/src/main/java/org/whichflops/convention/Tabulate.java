package org.whichflops.convention;

import java.util.List;

/**
 * Tables as Python's package tabulate prints them while told to preserve white space: cells without
 * line ends, columns as wide as their longest cell, and never less than two wider than their
 * header. A column whose cells all are whole numbers, or empty, is aligned right.
 *
 * <p>Source: tabulate 0.8.10, {@code tabulate.py}.
 */
public enum Tabulate {
  /** {@code tablefmt="pipe"}: Markdown. */
  PIPE("| ", " | ", " |") {
    @Override
    String ruler(boolean right, int width) {
      return right ? "-".repeat(width + 1) + ":" : ":" + "-".repeat(width + 1);
    }

    @Override
    String rule(List<String> rulers) {
      return "|" + String.join("|", rulers) + "|";
    }
  },
  /** {@code tablefmt="simple"}: columns apart by two spaces, dashes below the headers. */
  SIMPLE("", "  ", "") {
    @Override
    String ruler(boolean right, int width) {
      return "-".repeat(width);
    }

    @Override
    String rule(List<String> rulers) {
      return String.join("  ", rulers);
    }
  };

  private static final int LEAST_PADDING = 2;

  private final String begin;
  private final String between;
  private final String end;

  Tabulate(String begin, String between, String end) {
    this.begin = begin;
    this.between = between;
    this.end = end;
  }

  abstract String ruler(boolean right, int width);

  abstract String rule(List<String> rulers);

  /** A table with its columns aligned by what is in them; no line end after the last row. */
  public String table(List<String> headers, List<List<String>> rows) {
    boolean[] right = new boolean[headers.size()];
    for (int c = 0; c < right.length; c++) {
      right[c] = numeric(rows, c);
    }
    return table(headers, rows, right);
  }

  /** A table whose columns are aligned right where it is said so. */
  public String table(List<String> headers, List<List<String>> rows, boolean... right) {
    int[] widths = new int[headers.size()];
    String[] rulers = new String[headers.size()];
    for (int c = 0; c < widths.length; c++) {
      widths[c] = headers.get(c).length() + LEAST_PADDING;
      for (List<String> row : rows) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
      rulers[c] = ruler(right[c], widths[c]);
    }
    StringBuilder text = new StringBuilder(row(headers, widths, right));
    text.append('\n').append(rule(List.of(rulers)));
    for (List<String> row : rows) {
      text.append('\n').append(row(row, widths, right));
    }
    return text.toString();
  }

  private static boolean numeric(List<List<String>> rows, int column) {
    boolean any = false;
    for (List<String> row : rows) {
      String cell = row.get(column);
      if (!cell.isEmpty()) {
        String digits = cell.strip();
        any = true;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
          return false;
        }
      }
    }
    return any;
  }

  private String row(List<String> cells, int[] widths, boolean[] right) {
    StringBuilder text = new StringBuilder(begin);
    for (int c = 0; c < widths.length; c++) {
      String padding = " ".repeat(widths[c] - cells.get(c).length());
      text.append(c == 0 ? "" : between)
          .append(right[c] ? padding + cells.get(c) : cells.get(c) + padding);
    }
    return text.append(end).toString().stripTrailing();
  }
}
