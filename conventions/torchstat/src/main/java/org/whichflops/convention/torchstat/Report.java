package org.whichflops.convention.torchstat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.whichflops.convention.PythonText;
import org.whichflops.engine.nn.PythonFloat;

/** The table of leaf modules and the totals below it ({@code report_format}, reporter.py:24). */
final class Report {
  /** In place of a share of the time. */
  static final String UNKNOWN = "n/a";

  private static final String[] UNITS = {"T", "G", "M", "K"};

  private final List<LeafRow> rows;

  Report(List<LeafRow> rows) {
    this.rows = List.copyOf(rows);
  }

  /** The text, lines ended by {@code \n}. */
  String text() {
    StringBuilder text = new StringBuilder();
    List<String> table = table();
    int width = table.get(0).length();
    table.forEach(line -> text.append(line).append('\n'));
    return text.append("=".repeat(width))
        .append("\nTotal params: ")
        .append(PythonText.grouped(sum(LeafRow::params)))
        .append('\n')
        .append("-".repeat(width))
        .append("\nTotal memory: ")
        .append(PythonText.fixed(memory(), 2))
        .append("MB\nTotal MAdd: ")
        .append(rounded(sum(LeafRow::madd), 1000))
        .append("MAdd\nTotal Flops: ")
        .append(rounded(sum(LeafRow::flops), 1000))
        .append("Flops\nTotal MemR+W: ")
        .append(rounded(sum(LeafRow::bytes), 1024))
        .append("B\n")
        .toString();
  }

  private List<String> table() {
    LeafRow last = rows.get(rows.size() - 1);
    List<String> index = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      index.add(Integer.toString(i));
    }
    index.add("total");
    return new PandasTable(index)
        .texts("module name", column(LeafRow::name, " "))
        .texts("input shape", column(LeafRow::input, " "))
        .texts("output shape", column(LeafRow::output, " "))
        .numbers("params", column(LeafRow::params, sum(LeafRow::params)))
        .texts("memory(MB)", column(row -> megabytes(row.memory()), megabytes(memory())))
        .texts("MAdd", column(row -> grouped(row.madd()), grouped(sum(LeafRow::madd))))
        .texts("Flops", column(row -> grouped(row.flops()), grouped(sum(LeafRow::flops))))
        // the total of these two is the last row's: its loop variable is still there,
        // reporter.py:58
        .numbers("MemRead(B)", column(LeafRow::bytesRead, last.bytesRead()))
        .numbers("MemWrite(B)", column(LeafRow::bytesWritten, last.bytesWritten()))
        .texts("duration[%]", column(row -> row.called() ? UNKNOWN : "0.00%", "100.00%"))
        .numbers("MemR+W(B)", column(LeafRow::bytes, sum(LeafRow::bytes)))
        .lines();
  }

  private <T> List<T> column(Function<LeafRow, T> cell, T total) {
    return Stream.concat(rows.stream().map(cell), Stream.of(total)).toList();
  }

  private long sum(ToLongFunction<LeafRow> cell) {
    return rows.stream().mapToLong(cell).reduce(0, Math::addExact);
  }

  private double memory() {
    return rows.stream().mapToDouble(LeafRow::memory).sum();
  }

  private static String megabytes(double memory) {
    return PythonText.fixed(memory, 2);
  }

  /** {@code '{:,}'.format(x)}: the line of totals made whole numbers floating-point ones. */
  private static String grouped(long number) {
    return PythonText.grouped(number) + ".0";
  }

  /** {@code round_value}: two decimals, rounded as numpy does, and a unit (reporter.py:9). */
  private static String rounded(long value, double divisor) {
    double scale = Math.pow(divisor, UNITS.length);
    for (String unit : UNITS) {
      if (value >= scale) {
        return PythonFloat.repr(Math.rint(value / scale * 100) / 100) + unit;
      }
      scale /= divisor;
    }
    return Long.toString(value);
  }
}
