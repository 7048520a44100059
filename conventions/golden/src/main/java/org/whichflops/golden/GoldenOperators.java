package org.whichflops.golden;

import com.univocity.parsers.common.record.Record;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What tools hold by operator for the modules of whole torchvision models. */
public final class GoldenOperators {
  private GoldenOperators() {}

  /** Whether the operators of a convention are recorded here. */
  public static boolean has(String convention) {
    return RecordedTable.has(file(convention));
  }

  /**
   * The models of one convention.
   *
   * @throws java.io.UncheckedIOException where none are recorded here
   */
  public static List<RecordedOperators> of(String convention) {
    Map<List<String>, Map<String, Map<String, Long>>> byModel = new LinkedHashMap<>();
    for (Record row : RecordedTable.read(file(convention), row -> row)) {
      byModel
          .computeIfAbsent(
              List.of(
                  row.getString("model"),
                  row.getString("batch"),
                  row.getString("height"),
                  row.getString("width"),
                  row.getString("variant")),
              model -> new LinkedHashMap<>())
          .computeIfAbsent(row.getString("module_path"), module -> new LinkedHashMap<>())
          .put(row.getString("operator"), Long.parseLong(row.getString("count")));
    }
    return byModel.entrySet().stream().map(e -> recorded(e.getKey(), e.getValue())).toList();
  }

  private static RecordedOperators recorded(
      List<String> model, Map<String, Map<String, Long>> counts) {
    return new RecordedOperators(
        model.get(0),
        Long.parseLong(model.get(1)),
        Long.parseLong(model.get(2)),
        Long.parseLong(model.get(3)),
        model.get(4),
        counts);
  }

  private static String file(String convention) {
    return "operators/" + convention + ".csv.gz";
  }
}
