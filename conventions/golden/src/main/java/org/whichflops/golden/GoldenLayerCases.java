package org.whichflops.golden;

import java.util.List;

/** What every tool returned for the small networks of {@link LayerCases}. */
public final class GoldenLayerCases {
  private static final List<RecordedLayerCase> ALL =
      RecordedTable.read(
          "layer-cases.csv.gz",
          row ->
              new RecordedLayerCase(
                  row.getString("convention"),
                  row.getString("case"),
                  row.getString("constructor"),
                  row.getString("input_shape"),
                  row.getString("quantity"),
                  row.getString("value"),
                  row.getString("params"),
                  row.getString("note")));

  private GoldenLayerCases() {}

  /** Every result of every tool. */
  public static List<RecordedLayerCase> all() {
    return ALL;
  }

  /** The results of one convention, in each of which the tool ran as it is normally used. */
  public static List<RecordedLayerCase> of(String convention) {
    return ALL.stream().filter(result -> result.convention().equals(convention)).toList();
  }
}
