package org.whichflops.report.table;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns for people: words to the left, numbers to the right, empty columns left out.
 * Sentences are broken into lines, and a table that is wider than its screen into blocks. A caption
 * that is an answer stands above, its notes where they are asked for below. It keeps its rows until
 * the end, to know how wide columns are.
 */
final class TextTable implements TableWriter {
  private final Writer out;
  private final Unit unit;
  private final Caption caption;
  private final Screen screen;
  private final Screen.Legend legend;
  private final List<String[]> rows = new ArrayList<>();
  private List<Column> columns = List.of();
  private String[] names = {};

  TextTable(Writer out, Unit unit, Caption caption, Screen screen, Screen.Legend legend) {
    this.out = out;
    this.unit = unit;
    this.caption = caption;
    this.screen = screen;
    this.legend = legend;
  }

  @Override
  public void begin(List<Column> columns) {
    this.columns = List.copyOf(columns);
    names = new String[columns.size()];
    for (int i = 0; i < names.length; i++) {
      String name = SafeText.line(columns.get(i).name());
      names[i] = columns.get(i).kind() == Column.Kind.COUNT ? unit.head(name) : name;
    }
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
        ? unit.cell(count)
        : SafeText.line(cell.toString());
  }

  @Override
  public void close() throws IOException {
    if (caption.isAnswer() && !caption.words().isEmpty()) {
      paragraph(caption.words(), Ink.NONE);
      out.write('\n');
    }
    Blocks blocks = Blocks.of(screen, columns, rows, widths());
    for (int i = 0; i < blocks.columns().size(); i++) {
      if (i > 0) {
        out.write('\n');
      }
      List<Integer> block = blocks.columns().get(i);
      line(names, block, blocks.widths(), true);
      for (String[] row : rows) {
        lines(row, block, blocks.widths());
      }
    }
    if (legend != Screen.Legend.NONE && !caption.notes().isEmpty()) {
      out.write('\n');
      for (String note : caption.notes()) {
        boolean cut = legend == Screen.Legend.SHORT && screen.isLimited();
        paragraph(cut ? Wrap.begun(note, screen.width()) : note, Ink.FAINT);
      }
    }
    out.flush();
  }

  /** The characters of the longest cell of each column; 0 for one that is empty in every row. */
  private int[] widths() {
    int[] widths = new int[columns.size()];
    for (String[] row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], length(row[i]));
      }
    }
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0 || rows.isEmpty()) {
        widths[i] = Math.max(widths[i], length(names[i]));
      }
    }
    return widths;
  }

  /** Sentences as wide as the screen. */
  private void paragraph(String text, Ink ink) throws IOException {
    for (String part : text.split("\n", -1)) {
      String safe = SafeText.line(part);
      for (String line : screen.isLimited() ? Wrap.lines(safe, screen.width()) : List.of(safe)) {
        out.append(painted(line, ink)).append('\n');
      }
    }
  }

  /** A row, on as many lines as its sentences need. */
  private void lines(String[] cells, List<Integer> block, int[] widths) throws IOException {
    List<List<String>> parts = new ArrayList<>();
    int most = 1;
    for (int i = 0; i < cells.length; i++) {
      boolean sentences = columns.get(i).kind() == Column.Kind.PROSE && widths[i] > 0;
      parts.add(sentences ? Wrap.lines(cells[i], widths[i]) : List.of(cells[i]));
      most = block.contains(i) ? Math.max(most, parts.get(i).size()) : most;
    }
    for (int n = 0; n < most; n++) {
      String[] part = new String[cells.length];
      for (int i = 0; i < cells.length; i++) {
        part[i] = n < parts.get(i).size() ? parts.get(i).get(n) : "";
      }
      line(part, block, widths, false);
    }
  }

  private void line(String[] cells, List<Integer> block, int[] widths, boolean head)
      throws IOException {
    StringBuilder line = new StringBuilder();
    int blanks = 0;
    for (int i : block) {
      Column column = columns.get(i);
      boolean cut = column.kind() == Column.Kind.TEXT && length(cells[i]) > widths[i];
      String cell = cut ? Wrap.shortened(cells[i], widths[i]) : cells[i];
      int spare = Math.max(0, widths[i] - length(cell));
      blanks += column.isNumber() ? spare : 0;
      if (!cell.isEmpty()) {
        line.append(" ".repeat(blanks))
            .append(head ? painted(cell, Ink.HEAD) : painted(column, cell));
        blanks = 0;
      }
      blanks += (column.isNumber() ? 0 : spare) + Blocks.GAP.length();
    }
    out.append(line).append('\n');
  }

  private String painted(String text, Ink ink) {
    return screen.colours() ? ink.on(text) : text;
  }

  /** Sentences in their colour, and what is behind a number's blank, its unit, in another. */
  private String painted(Column column, String cell) {
    if (column.kind() == Column.Kind.PROSE) {
      return painted(cell, Ink.PROSE);
    }
    int blank = column.kind() == Column.Kind.COUNT ? cell.lastIndexOf(' ') : -1;
    return blank < 0
        ? cell
        : cell.substring(0, blank + 1) + painted(cell.substring(blank + 1), Ink.FAINT);
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
