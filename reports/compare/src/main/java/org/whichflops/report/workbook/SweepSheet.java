package org.whichflops.report.workbook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Sweep;

/**
 * The sheet that shows how counts move: for each model a chart over its inputs, or where there is
 * one input only, one over the models. Its numbers are those of the summary.
 */
final class SweepSheet {
  private final Sweep sweep;
  private final Summary summary;
  private final Grid sheet;

  SweepSheet(Sweep sweep, Summary summary, Grid sheet) {
    this.sweep = sweep;
    this.summary = summary;
    this.sheet = sheet;
  }

  /** Writes the sheet. */
  void write() {
    int inputs = Math.max(1, sweep.batches().size()) * Math.max(1, sweep.resolutions().size());
    int models = sweep.networks().size();
    if (inputs == 1) {
      int[] rows = IntStream.range(1, models + 1).toArray();
      List<String> names = sweep.networks().stream().map(Network::name).toList();
      block(0, "Models at their input", "model", rows, names, Chart.Kind.COLUMNS);
    } else {
      int top = 0;
      for (int i = 0; i < models; i++) {
        int first = 1 + i * inputs;
        int[] rows = IntStream.range(first, first + inputs).toArray();
        List<String> names = IntStream.of(rows).mapToObj(summary::input).toList();
        String model = sweep.networks().get(i).name();
        top = block(top, model, "input", rows, names, Chart.Kind.LINES);
      }
    }
    sheet.fit();
  }

  /**
   * A table, and its chart below.
   *
   * @param rows those of the summary that it shows
   * @return the row after it
   */
  private int block(
      int top, String title, String head, int[] rows, List<String> names, Chart.Kind kind) {
    int conventions = sweep.conventions().size();
    sheet.text(top, 0, title, Look.TITLE);
    if (conventions > Chart.MOST) {
      sheet.text(top, 1, "The chart shows the first " + Chart.MOST + ".", Look.REMARK);
    }
    sheet.text(top + 1, 0, head, Look.HEAD);
    int first = top + 2;
    for (int i = 0; i < rows.length; i++) {
      sheet.text(first + i, 0, names.get(i), Look.PLAIN);
    }
    List<Chart.Series> series = new ArrayList<>();
    for (int c = 0; c < conventions; c++) {
      String id = sweep.conventions().get(c).about().id();
      sheet.text(top + 1, 1 + c, id, Look.NUMBER_HEAD);
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < rows.length; i++) {
        numbers.add(count(first + i, 1 + c, rows[i], c));
      }
      series.add(new Chart.Series(top + 1, 1 + c, id, numbers));
    }
    Chart.Categories categories = new Chart.Categories(first, 0, names);
    int below = first + rows.length + 1;
    new Chart(title, sheet, categories, series.subList(0, Math.min(Chart.MOST, conventions)))
        .draw(kind, below, 0);
    return below + Chart.HEIGHT + 1;
  }

  private long count(int row, int column, int summaryRow, int convention) {
    long count = summary.count(summaryRow, convention);
    String cell = summary.cell(summaryRow, convention);
    if (summary.isNumber(summaryRow, convention)) {
      sheet.formula(row, column, cell, count, Look.COUNT);
    } else if (summary.isCounted(summaryRow, convention)) {
      sheet.text(row, column, "see " + cell, Look.REMARK); // too long for a number
    }
    return count;
  }
}
