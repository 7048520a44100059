package org.whichflops.golden;

import java.util.List;

/** What every tool returned for whole torchvision models. */
public final class GoldenTotals {
  private static final List<RecordedTotal> ALL =
      RecordedTable.read(
          "totals.csv.gz",
          row ->
              new RecordedTotal(
                  row.getString("convention"),
                  row.getString("model"),
                  Long.parseLong(row.getString("batch")),
                  Long.parseLong(row.getString("height")),
                  Long.parseLong(row.getString("width")),
                  row.getString("quantity"),
                  row.getString("value"),
                  row.getString("params"),
                  row.getString("note")));

  private GoldenTotals() {}

  /** Every total of every tool. */
  public static List<RecordedTotal> all() {
    return ALL;
  }

  /** The totals of one convention, options included: {@code ptflops(grad=false)}. */
  public static List<RecordedTotal> of(String convention) {
    return ALL.stream().filter(total -> total.convention().equals(convention)).toList();
  }
}
