package org.whichflops.report.table;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns for people: words to the left, numbers to the right, empty columns left out. It
 * keeps its rows until the end, to know how wide columns are.
 */
final class TextTable implements TableWriter {
  private static final String GAP = "  ";

  private final Writer out;
  private final Unit unit;
  private final List<String[]> rows = new ArrayList<>();
  private List<Column> columns = List.of();

  TextTable(Writer out, Unit unit) {
    this.out = out;
    this.unit = unit;
  }

  @Override
  public void begin(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  @Override
  public void row(@Nullable Object... cells) {
    String[] texts = new String[cells.length];
    for (int i = 0; i < cells.length; i++) {
      texts[i] = text(columns.get(i), cells[i]);
    }
    rows.add(texts);
  }

  private String text(Column column, @Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    return column.kind() == Column.Kind.COUNT && cell instanceof Long count
        ? unit.show(count)
        : SafeText.line(cell.toString());
  }

  @Override
  public void close() throws IOException {
    int[] widths = new int[columns.size()];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row[i]));
      }
    }
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0 || rows.isEmpty()) {
        widths[i] = Math.max(widths[i], length(columns.get(i).name()));
      }
    }
    line(
        columns.stream().map(column -> SafeText.line(column.name())).toArray(String[]::new),
        widths);
    for (String[] row : rows) {
      line(row, widths);
    }
    out.flush();
  }

  private void line(String[] cells, int[] widths) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] == 0) {
        continue;
      }
      boolean text = columns.get(i).kind() == Column.Kind.TEXT;
      String blanks = " ".repeat(widths[i] - length(cells[i]));
      line.append(text ? cells[i] + blanks : blanks + cells[i]).append(GAP);
    }
    out.write(line.toString().stripTrailing());
    out.write('\n');
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
