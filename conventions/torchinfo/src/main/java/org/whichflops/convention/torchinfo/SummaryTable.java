package org.whichflops.convention.torchinfo;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.torchinfo.View.Column;
import org.whichflops.engine.shape.Extents;

/** The rows of a summary as text, torchinfo's {@code FormattingOptions}. */
final class SummaryTable {
  private static final int COLUMN_WIDTH = 25;
  private static final int NAME_WIDTH = 40;
  private static final int INDENT = 5;
  private static final String NOTHING = "--";

  private final View view;
  private final List<Row> rows;
  private final Leftover leftover;
  private final int nameWidth;

  SummaryTable(View view, List<Row> rows, TorchinfoVersion version) {
    this.view = view;
    this.rows = rows;
    this.leftover = new Leftover(version, Row::parameters);
    this.nameWidth = nameWidth();
  }

  /** The longest name of all rows, hidden ones too, rounded up to whole indents. */
  private int nameWidth() {
    int longest = 0;
    for (Row row : rows) {
      longest = Math.max(longest, length(title(row)) + row.depth() * INDENT + 1);
    }
    return longest < NAME_WIDTH ? NAME_WIDTH : (longest + INDENT - 1) / INDENT * INDENT;
  }

  /** A line across the table. */
  String divider() {
    return "=".repeat(view.columns().size() * COLUMN_WIDTH + nameWidth);
  }

  String heading() {
    String layer = "Layer (type" + (view.names() ? " (var_name)" : "") + ":depth-idx)";
    return line(layer, Column::heading);
  }

  /** All rows down to the view's depth, each ended. */
  String body() {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      if (row.depth() <= view.depth()) {
        text.append(line(branch(row.depth()) + title(row), column -> value(row, column)));
      }
    }
    return text.toString();
  }

  private String line(String name, Function<Column, String> values) {
    StringBuilder line = new StringBuilder();
    pad(line, name, nameWidth);
    for (Column column : view.columns()) {
      pad(line, values.apply(column), COLUMN_WIDTH);
    }
    return line.toString().stripTrailing() + "\n";
  }

  private static void pad(StringBuilder line, String text, int width) {
    line.append(text).append(" ".repeat(Math.max(0, width - length(text)) + 1));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private String title(Row row) {
    String title = PythonText.name(row.type());
    if (view.names() && !row.name().isEmpty()) {
      title += " (" + PythonText.name(row.name()) + ")";
    }
    return row.depth() == 0 ? title : title + ": " + row.depth() + "-" + row.number();
  }

  private static String branch(int depth) {
    return switch (depth) {
      case 0 -> "";
      case 1 -> "├─";
      default -> "│    ".repeat(depth - 1) + "└─";
    };
  }

  private String value(Row row, Column column) {
    boolean deepest = row.depth() == view.depth();
    String text =
        switch (column) {
          case INPUT -> row.inputSize();
          case OUTPUT -> row.outputSize();
          case PARAMETERS -> parameters(row, deepest);
          case KERNEL -> kernel(row.module().kernelSize());
          case MULT_ADDS -> multAdds(row, deepest);
          case TRAINABLE -> trainable(row);
        };
    return text.isEmpty() ? NOTHING : text;
  }

  private String parameters(Row row, boolean deepest) {
    if (row.parameters() == 0) {
      return NOTHING;
    }
    if (row.recursive()) {
      return "(recursive)";
    }
    if (deepest || row.leaf()) {
      String all = PythonText.grouped(row.parameters());
      return row.trainable() > 0 ? all : "(" + all + ")";
    }
    long own = leftover.of(row);
    return own > 0 ? PythonText.grouped(own) : NOTHING;
  }

  private static String kernel(@Nullable Extents kernel) {
    if (kernel == null) {
      return NOTHING;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < (kernel.isNumber() ? 1 : kernel.count()); i++) {
      text.append(i == 0 ? "" : ", ").append(kernel.get(i));
    }
    return kernel.isNumber() ? text.toString() : "[" + text + "]";
  }

  /** A container shows the sum of the leaves below it, where those are not shown themselves. */
  private static String multAdds(Row row, boolean deepest) {
    if (row.macs() <= 0 || (!row.leaf() && !deepest)) {
      return NOTHING;
    }
    long macs = row.leaf() ? row.macs() : 0;
    if (!row.leaf()) {
      for (Row below : row.below()) {
        macs = below.leaf() ? Math.addExact(macs, below.macs()) : macs;
      }
    }
    return PythonText.grouped(macs);
  }

  private static String trainable(Row row) {
    if (row.parameters() == 0) {
      return NOTHING;
    }
    if (row.trainable() == 0) {
      return "False";
    }
    return row.trainable() == row.parameters() ? "True" : "Partial";
  }
}
