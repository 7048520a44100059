package org.whichflops.report.table;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of GitHub-flavoured Markdown; formulas stand between backticks, the caption's words above
 * and its notes below.
 */
final class MarkdownTable implements TableWriter {
  private final Writer out;
  private final Unit unit;
  private final Caption caption;
  private List<Column> columns = List.of();

  MarkdownTable(Writer out, Unit unit, Caption caption) {
    this.out = out;
    this.unit = unit;
    this.caption = caption;
  }

  @Override
  public void begin(List<Column> columns) throws IOException {
    this.columns = List.copyOf(columns);
    StringBuilder names = new StringBuilder("|");
    StringBuilder rule = new StringBuilder("|");
    for (Column column : columns) {
      boolean counts = column.kind() == Column.Kind.COUNT;
      String name = counts ? unit.head(column.name()) : column.name();
      names.append(' ').append(escaped(name)).append(" |");
      rule.append(column.isNumber() ? " ---: |" : " --- |");
    }
    if (!caption.words().isEmpty()) {
      out.append(escaped(caption.words())).append("\n\n");
    }
    out.append(names).append('\n').append(rule).append('\n');
  }

  @Override
  public void row(@Nullable Object... cells) throws IOException {
    out.write('|');
    for (int i = 0; i < cells.length; i++) {
      out.append(' ').append(text(columns.get(i), cells[i])).append(" |");
    }
    out.write('\n');
  }

  private String text(Column column, @Nullable Object cell) {
    if (cell instanceof Mathematics formula) {
      // A bar ends a cell even between backticks, unless it is escaped.
      return "`" + SafeText.line(formula.text()).replace("|", "\\|") + "`";
    }
    return cell instanceof Long count && column.kind() == Column.Kind.COUNT
        ? unit.cell(count)
        : escaped(Objects.toString(cell, ""));
  }

  /** No character of a name begins a tag, a link, emphasis or mathematics, or ends the cell. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (char c : SafeText.line(text).toCharArray()) {
      if (c == '<') {
        escaped.append("&lt;");
        continue;
      }
      if ("\\`*_~$[]|&".indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < caption.notes().size(); i++) {
      out.append(i == 0 ? "\n" : "").append("- ").append(escaped(caption.notes().get(i)));
      out.append('\n');
    }
    out.flush();
  }
}
