package org.whichflops.convention.torchstat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A table as pandas prints a DataFrame that fits the screen: an index in front, columns to the
 * right, a space before every value and, in columns of numbers, before the title too.
 */
final class PandasTable {
  /** {@code display.max_colwidth}. */
  private static final int MOST_WIDTH = 50;

  /** Where a number is longer than this, space included, its column has exponents. */
  private static final int LONGEST_NUMBER = 12;

  private static final double LARGE = 1e6;

  private record Column(String title, List<String> values) {}

  private final List<String> index;
  private final List<Column> columns = new ArrayList<>();

  PandasTable(List<String> index) {
    this.index = List.copyOf(index);
  }

  /** Adds a column of texts. */
  PandasTable texts(String title, List<String> values) {
    columns.add(new Column(title, values.stream().map(value -> " " + value).toList()));
    return this;
  }

  /** Adds a column of whole numbers in floating point. */
  PandasTable numbers(String title, List<Long> values) {
    List<String> plain =
        values.stream().map(value -> (value < 0 ? "" : " ") + value + ".0").toList();
    boolean exponents =
        values.stream().anyMatch(value -> Math.abs((double) value) > LARGE)
            && plain.stream().anyMatch(number -> number.length() > LONGEST_NUMBER);
    columns.add(
        new Column(
            " " + title,
            exponents
                ? values.stream()
                    .map(value -> String.format(Locale.ROOT, "% .6e", (double) value))
                    .toList()
                : plain));
    return this;
  }

  /** The lines, the titles first. */
  List<String> lines() {
    List<StringBuilder> lines = new ArrayList<>();
    int indexWidth = index.stream().mapToInt(String::length).max().orElse(0);
    lines.add(new StringBuilder(" ".repeat(indexWidth)));
    for (String label : index) {
      lines.add(new StringBuilder(label).append(" ".repeat(indexWidth - label.length())));
    }
    for (Column column : columns) {
      int width = column.title.length();
      for (String value : column.values) {
        width = Math.max(width, value.length());
      }
      width = Math.min(width, MOST_WIDTH);
      append(lines.get(0), column.title, width);
      for (int i = 0; i < column.values.size(); i++) {
        append(lines.get(i + 1), column.values.get(i), width);
      }
    }
    return lines.stream().map(StringBuilder::toString).toList();
  }

  private static void append(StringBuilder line, String value, int width) {
    String shown = value.length() > width ? value.substring(0, width - 3) + "..." : value;
    line.append(' ').append(" ".repeat(width - shown.length())).append(shown);
  }
}
