package org.whichflops.report.table;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns for people: words to the left, numbers to the right, empty columns left out.
 * Sentences are broken into lines, so that the table stays narrow. A caption that is an answer
 * stands above. It keeps its rows until the end, to know how wide columns are.
 */
final class TextTable implements TableWriter {
  private static final String GAP = "  ";

  /** What a table with sentences is as wide as, where its other columns leave room. */
  private static final int WIDTH = 100;

  private static final int NARROWEST_PROSE = 24;

  private final Writer out;
  private final Unit unit;
  private final Caption caption;
  private final List<String[]> rows = new ArrayList<>();
  private List<Column> columns = List.of();

  TextTable(Writer out, Unit unit, Caption caption) {
    this.out = out;
    this.unit = unit;
    this.caption = caption;
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
    narrowProse(widths);
    if (caption.isAnswer() && !caption.words().isEmpty()) {
      out.append(caption.words()).append("\n\n");
    }
    line(
        columns.stream().map(column -> SafeText.line(column.name())).toArray(String[]::new),
        widths);
    for (String[] row : rows) {
      lines(row, widths);
    }
    out.flush();
  }

  /** Gives columns of sentences an equal part each of the width that the others leave. */
  private void narrowProse(int[] widths) {
    int others = 0;
    int prose = 0;
    for (int i = 0; i < widths.length; i++) {
      boolean sentences = columns.get(i).kind() == Column.Kind.PROSE;
      prose += sentences ? 1 : 0;
      others += sentences ? GAP.length() : widths[i] + GAP.length();
    }
    for (int i = 0; prose > 0 && i < widths.length; i++) {
      if (columns.get(i).kind() == Column.Kind.PROSE) {
        widths[i] = Math.min(widths[i], Math.max(NARROWEST_PROSE, (WIDTH - others) / prose));
      }
    }
  }

  /** A row, on as many lines as its sentences need. */
  private void lines(String[] cells, int[] widths) throws IOException {
    List<List<String>> parts = new ArrayList<>();
    int most = 1;
    for (int i = 0; i < cells.length; i++) {
      boolean sentences = columns.get(i).kind() == Column.Kind.PROSE && widths[i] > 0;
      parts.add(sentences ? Wrap.lines(cells[i], widths[i]) : List.of(cells[i]));
      most = Math.max(most, parts.get(i).size());
    }
    for (int n = 0; n < most; n++) {
      String[] part = new String[cells.length];
      for (int i = 0; i < cells.length; i++) {
        part[i] = n < parts.get(i).size() ? parts.get(i).get(n) : "";
      }
      line(part, widths);
    }
  }

  private void line(String[] cells, int[] widths) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] == 0) {
        continue;
      }
      String blanks = " ".repeat(Math.max(0, widths[i] - length(cells[i])));
      line.append(columns.get(i).isNumber() ? blanks + cells[i] : cells[i] + blanks).append(GAP);
    }
    out.write(line.toString().stripTrailing());
    out.write('\n');
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
