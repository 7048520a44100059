package org.whichflops.convention.pthflops;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * What {@code count_ops(model, x)} prints (ops_fx.py:257-275, utils.py:9-27), and an empty line, as
 * its text was recorded.
 */
final class PthflopsView implements SummaryStyle {
  private static final int MARGIN = 3;
  private static final double GIGA = 1e9;

  /** A line of the table: a node that counts something. */
  private record Row(String name, String operations) {}

  @Override
  public String id() {
    return "pthflops";
  }

  @Override
  public String source() {
    return "pthflops 0.4.2 (commit 261cf94): count_ops(model, x)";
  }

  @Override
  public Mode mode() {
    return Mode.CPU_GRAD;
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    long total = new PthflopsCounter(network, PthflopsRules.TABLE).total(pass);
    List<Row> rows = rows(network, pass);
    StringBuilder text = new StringBuilder();
    if (!rows.isEmpty()) {
      table(text, rows);
    }
    text.append("Input size: ").append(tuple(pass.call(0).input(0).shape())).append('\n');
    text.append(PythonText.grouped(total))
        .append(" FLOPs or approx. ")
        .append(PythonText.groupedFixed(total / GIGA, 2))
        .append(" GFLOPs\n\n");
    out.append(text);
  }

  private static List<Row> rows(Network network, ForwardPass pass) {
    return Node.of(network, pass).stream()
        .filter(node -> node.operations() != 0)
        .map(node -> new Row(node.name(), Long.toString(node.operations())))
        .toList();
  }

  private static void table(StringBuilder text, List<Row> rows) {
    int names = rows.stream().mapToInt(row -> row.name.length()).max().orElse(0) + MARGIN;
    int numbers = rows.stream().mapToInt(row -> row.operations.length()).max().orElse(0) + MARGIN;
    List<Row> all = new ArrayList<>();
    all.add(new Row("Operation", "OPS"));
    all.add(new Row("-".repeat(names - 2), "-".repeat(numbers - 2)));
    all.addAll(rows);
    all.add(new Row("-".repeat(names - 3), "-".repeat(numbers - 3)));
    for (Row row : all) {
      padded(text, row.name, names);
      padded(text, row.operations, numbers);
      text.append('\n');
    }
  }

  private static void padded(StringBuilder text, String cell, int width) {
    text.append(cell).append(" ".repeat(Math.max(0, width - cell.length())));
  }

  /** {@code str(tuple(shape))}. */
  private static String tuple(Shape shape) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < shape.rank(); i++) {
      text.append(i == 0 ? "" : ", ").append(shape.size(i));
    }
    return text.append(shape.rank() == 1 ? ",)" : ")").toString();
  }
}
