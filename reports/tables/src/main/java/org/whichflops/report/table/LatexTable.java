package org.whichflops.report.table;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A LaTeX {@code tabular} with the rules of booktabs and siunitx's columns of numbers, for a paper;
 * with a caption, inside a {@code table}; a {@code longtable} where it is longer than a page.
 *
 * <p>All counts have one unit, in the heads of their columns, so that the numbers can be compared;
 * left to itself that is the largest in which none of them but 0 is below 1. So the rows wait until
 * the end.
 */
final class LatexTable implements TableWriter {
  /** The rows that fit on a page; a table with more breaks across pages. */
  private static final int LONGEST_FLOAT = 40;

  /** The characters of a text that stands on one line. */
  private static final int WIDEST_WORDS = 40;

  private final Writer out;
  private final Unit unit;
  private final Caption caption;
  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private List<Column> columns = List.of();

  LatexTable(Writer out, Unit unit, Caption caption) {
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
    rows.add(cells.clone());
  }

  @Override
  public void close() throws IOException {
    Unit common = commonUnit();
    List<Integer> shown = shown();
    List<Unit> units = new ArrayList<>();
    for (Column column : columns) {
      units.add(column.kind() == Column.Kind.COUNT ? common : Unit.ONE);
    }
    StringBuilder kinds = new StringBuilder();
    List<String> names = new ArrayList<>();
    for (int i : shown) {
      kinds.append(kind(columns.get(i), i, units.get(i)));
      names.add(name(columns.get(i), units.get(i)));
    }
    String head = "\\toprule\n" + String.join(" & ", names) + " \\\\\n\\midrule\n";
    boolean isLong = rows.size() > LONGEST_FLOAT;
    begin(isLong, kinds.toString(), head);
    for (Object[] row : rows) {
      List<String> cells = new ArrayList<>();
      for (int i : shown) {
        cells.add(text(columns.get(i), units.get(i), row[i]));
      }
      out.append(String.join(" & ", cells)).append(" \\\\\n");
    }
    end(isLong);
    out.flush();
  }

  /** A table that may be longer than a page, or one that floats. */
  private void begin(boolean isLong, String kinds, String head) throws IOException {
    String words = LatexText.escaped(caption.words());
    if (isLong) {
      out.write("% \\usepackage{booktabs,amsmath,siunitx,array,longtable}\n");
      out.append("\\begin{longtable}{").append(kinds).append("}\n");
      out.append(words.isEmpty() ? "" : "\\caption{" + words + "}\\\\\n");
      out.append(head).append("\\endhead\n");
      return;
    }
    out.write("% \\usepackage{booktabs,amsmath,siunitx,array}\n");
    if (!caption.isEmpty()) {
      out.write("\\begin{table}\n\\centering\n");
      out.append("\\caption{").append(words).append("}\n");
    }
    out.append("\\begin{tabular}{").append(kinds).append("}\n").append(head);
  }

  private void end(boolean isLong) throws IOException {
    out.write("\\bottomrule\n");
    out.append(isLong ? "\\end{longtable}\n" : "\\end{tabular}\n");
    writeNotes();
    out.append(isLong || caption.isEmpty() ? "" : "\\end{table}\n");
  }

  /** The columns that are not empty, as indices; all of a table without rows. */
  private List<Integer> shown() {
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      boolean used = rows.isEmpty();
      for (Object[] row : rows) {
        used |= !Objects.toString(row[i], "").isEmpty();
      }
      if (used) {
        shown.add(i);
      }
    }
    return shown;
  }

  private void writeNotes() throws IOException {
    if (!caption.notes().isEmpty()) {
      out.write("\n\\smallskip\n\\begin{minipage}{\\linewidth}\\footnotesize\n");
      for (String note : caption.notes()) {
        out.append(LatexText.escaped(note)).append("\\par\n");
      }
      out.write("\\end{minipage}\n");
    }
  }

  /** The unit asked for, or what suits the smallest count. */
  private Unit commonUnit() {
    long smallest = 0;
    for (Object[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        boolean counts = columns.get(i).kind() == Column.Kind.COUNT;
        if (counts && row[i] instanceof Long count && count != 0) {
          long size = count == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(count);
          smallest = smallest == 0 ? size : Math.min(smallest, size);
        }
      }
    }
    return unit.of(smallest);
  }

  private String kind(Column column, int index, Unit unit) {
    if (!column.isNumber()) {
      boolean isWide = column.kind() == Column.Kind.PROSE;
      for (Object[] row : rows) {
        isWide |= TextTable.length(Objects.toString(row[index], "")) > WIDEST_WORDS;
      }
      return isWide ? ">{\\raggedright\\arraybackslash}p{0.25\\linewidth}" : "l";
    }
    int digits = 1;
    boolean negative = false;
    for (Object[] row : rows) {
      if (row[index] instanceof Long count) {
        String whole = unit.digits(count).replaceAll("\\..*", "");
        negative |= count < 0;
        digits = Math.max(digits, whole.length() - (count < 0 ? 1 : 0));
      }
    }
    return "S[table-format=%s%d%s]"
        .formatted(negative ? "-" : "", digits, unit == Unit.ONE ? "" : "." + Unit.DIGITS);
  }

  private static String name(Column column, Unit unit) {
    String name = LatexText.escaped(column.name());
    if (!column.isNumber()) {
      return name;
    }
    // Braces keep siunitx from reading the name as a number.
    return unit == Unit.ONE
        ? "{" + name + "}"
        : "{%s ($10^{%d}$)}".formatted(name, unit.exponent());
  }

  private static String text(Column column, Unit unit, @Nullable Object cell) {
    if (cell instanceof Mathematics formula) {
      return "$" + formula.latex() + "$";
    }
    if (cell instanceof Long number && column.isNumber()) {
      return unit.digits(number);
    }
    String text = LatexText.escaped(Objects.toString(cell, ""));
    return column.isNumber() && !text.isEmpty() ? "{" + text + "}" : text;
  }
}
