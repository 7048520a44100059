package org.whichflops.golden;

import java.util.List;

/** What every tool returned for models beside those of {@link GoldenTotals}. */
public final class GoldenOtherModels {
  private static final List<RecordedOtherModel> ALL =
      RecordedTable.read(
          "other-models.csv.gz",
          row ->
              new RecordedOtherModel(
                  row.getString("convention"),
                  row.getString("model"),
                  row.getString("source"),
                  row.getString("input"),
                  row.getString("quantity"),
                  row.getString("value"),
                  row.getString("params"),
                  row.getString("note")));

  private GoldenOtherModels() {}

  /** Every result of every tool. */
  public static List<RecordedOtherModel> all() {
    return ALL;
  }

  /** The results of one convention, options included, for models of torchvision. */
  public static List<RecordedOtherModel> ofTorchvision(String convention) {
    return ALL.stream()
        .filter(r -> r.convention().equals(convention) && r.source().equals("torchvision"))
        .toList();
  }
}
