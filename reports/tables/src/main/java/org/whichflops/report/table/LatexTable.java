package org.whichflops.report.table;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A LaTeX {@code tabular} with the rules of booktabs, for a paper. */
final class LatexTable implements TableWriter {
  private final Writer out;
  private final Unit unit;
  private List<Column> columns = List.of();

  LatexTable(Writer out, Unit unit) {
    this.out = out;
    this.unit = unit;
  }

  @Override
  public void begin(List<Column> columns) throws IOException {
    this.columns = List.copyOf(columns);
    StringBuilder kinds = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (Column column : columns) {
      kinds.append(
          column.isNumber() ? "r" : column.kind() == Column.Kind.PROSE ? "p{0.3\\linewidth}" : "l");
      names.append(names.length() == 0 ? "" : " & ").append(escaped(column.name()));
    }
    out.append("% \\usepackage{booktabs,amsmath}\n\\begin{tabular}{").append(kinds);
    out.append("}\n\\toprule\n").append(names).append(" \\\\\n\\midrule\n");
  }

  @Override
  public void row(@Nullable Object... cells) throws IOException {
    for (int i = 0; i < cells.length; i++) {
      out.append(i == 0 ? "" : " & ").append(text(columns.get(i), cells[i]));
    }
    out.write(" \\\\\n");
  }

  private String text(Column column, @Nullable Object cell) {
    if (cell instanceof Mathematics formula) {
      return "$" + formula.latex() + "$";
    }
    return cell instanceof Long count && column.kind() == Column.Kind.COUNT
        ? escaped(unit.show(count)).replace(",", "{,}")
        : escaped(Objects.toString(cell, ""));
  }

  /** No character of a name is a command. */
  private static String escaped(String text) {
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

  @Override
  public void close() throws IOException {
    out.write("\\bottomrule\n\\end{tabular}\n");
    out.flush();
  }
}
