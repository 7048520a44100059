package org.whichflops.convention.fvcore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;

/** All that fvcore or mmengine find out about a model before they print it. */
record Analysis(
    Network network,
    OperatorCounts flops,
    @Nullable OperatorCounts activations,
    Trace trace,
    ParameterCounts parameters) {
  private static final String FLOPS = "#flops";
  private static final String UNCALLED = "";
  private static final int TABLE_DECIMALS = 3;
  private static final int TEXT_DECIMALS = 2;

  /** fvcore's analysis, which is of FLOPs alone. */
  static Analysis ofFlops(Convention convention, Network network, ForwardPass pass) {
    return new Analysis(
        network,
        OperatorCounts.of(convention.counter(network), network, pass),
        null,
        Trace.of(convention.rules(), network, pass),
        new ParameterCounts(network));
  }

  /** mmengine's analyses, of FLOPs and of activations. */
  static Analysis withActivations(Convention convention, Network network, ForwardPass pass) {
    Analysis flops = ofFlops(convention, network, pass);
    return new Analysis(
        network,
        flops.flops,
        OperatorCounts.of(new ActivationCounter(network), network, pass),
        flops.trace,
        flops.parameters);
  }

  /** The columns of a table. */
  List<String> columns() {
    List<String> columns = new ArrayList<>(List.of("#parameters or shape", FLOPS));
    if (activations != null) {
      columns.add("#activations");
    }
    return columns;
  }

  /** The rows of {@code flop_count_table} (print_model_statistics.py:573), headers left out. */
  List<List<String>> rows(int depth) {
    List<String> columns = columns();
    Statistics all = Statistics.none();
    all.add(columns.get(0), parameters.counts().keySet(), this::parametersOf);
    addCounts(all, FLOPS, columns.get(columns.size() - 1));
    Map<String, Map<String, String>> texts =
        all.withoutZeros(Set.of(""), true)
            .texts((column, number) -> SizeText.of(number, TABLE_DECIMALS));
    for (String path : trace.uncalled()) {
      Map<String, String> row = texts.get(path);
      if (row != null) {
        columns.subList(1, columns.size()).forEach(column -> row.put(column, UNCALLED));
      }
    }
    parameters
        .shapes()
        .forEach(
            (path, shape) -> {
              Map<String, String> row = texts.get(path);
              if (row != null) {
                row.put(columns.get(0), SizeText.of(shape));
              }
            });
    return StatisticsRows.of(texts, columns, depth);
  }

  /**
   * What {@code flop_count_str} (print_model_statistics.py:297) writes beside each module, by path.
   */
  Map<String, Map<String, String>> beside() {
    Statistics all = Statistics.none();
    List<String> modules = paths();
    all.add("#params", parameters.counts().keySet(), this::parametersOf);
    all.add("#params", modules, this::parametersOf);
    addCounts(all, FLOPS, "#acts");
    List<String> uncalled = trace.uncalled();
    Set<String> kept = uncalled.isEmpty() ? Set.of("") : Set.copyOf(uncalled);
    Map<String, Map<String, String>> texts =
        all.withoutZeros(kept, false).texts((column, number) -> SizeText.of(number, TEXT_DECIMALS));
    for (String path : uncalled) {
      Map<String, String> row = texts.get(path);
      if (row != null) {
        row.replaceAll((column, text) -> column.equals("#params") ? text : "N/A");
      }
    }
    return texts;
  }

  private void addCounts(Statistics all, String ofFlops, String ofActivations) {
    all.add(ofFlops, paths(), flops::total);
    if (activations != null) {
      all.add(ofActivations, paths(), activations::total);
    }
  }

  private long parametersOf(String path) {
    return parameters.counts().getOrDefault(path, 0L);
  }

  private List<String> paths() {
    return network.modules().stream().map(network::path).toList();
  }
}
