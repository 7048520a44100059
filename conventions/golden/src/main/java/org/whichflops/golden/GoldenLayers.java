package org.whichflops.golden;

import com.univocity.parsers.common.record.Record;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What tools hold for every module of whole torchvision models. */
public final class GoldenLayers {
  private GoldenLayers() {}

  /** Whether the layers of a convention are recorded here. */
  public static boolean has(String convention) {
    return RecordedTable.has(file(convention));
  }

  /**
   * The models of one convention.
   *
   * @throws IllegalArgumentException where none are recorded here
   */
  public static List<RecordedLayers> of(String convention) {
    if (!has(convention)) {
      throw new IllegalArgumentException("no layers are recorded for '" + convention + "'");
    }
    Map<RecordedLayers, List<RecordedLayer>> byModel = new LinkedHashMap<>();
    RecordedTable.read(file(convention), row -> row)
        .forEach(
            row -> byModel.computeIfAbsent(model(row), m -> new ArrayList<>()).add(layer(row)));
    return byModel.entrySet().stream().map(e -> with(e.getKey(), e.getValue())).toList();
  }

  private static String file(String convention) {
    return "layers/" + convention + ".csv.gz";
  }

  /** The model of a row, without layers yet. */
  private static RecordedLayers model(Record row) {
    return new RecordedLayers(
        row.getString("model"),
        Long.parseLong(row.getString("batch")),
        Long.parseLong(row.getString("height")),
        Long.parseLong(row.getString("width")),
        row.getString("variant"),
        List.of());
  }

  private static RecordedLayer layer(Record row) {
    return new RecordedLayer(
        row.getString("module_path"),
        row.getString("module_class"),
        row.getString("output_shape"),
        row.getString("quantity"),
        row.getString("count"),
        row.getString("params"),
        row.getString("note"));
  }

  private static RecordedLayers with(RecordedLayers model, List<RecordedLayer> layers) {
    return new RecordedLayers(
        model.model(), model.batch(), model.height(), model.width(), model.variant(), layers);
  }
}
