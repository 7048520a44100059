package org.whichflops.convention.fvcore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.whichflops.convention.Convention;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.Tabulate;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;

/** The texts that fvcore makes of a model (fvcore/nn/print_model_statistics.py). */
final class FvcoreTexts {
  private static final int DEFAULT_DEPTH = 3;
  private static final int DEEP = 10;

  private FvcoreTexts() {}

  static List<SummaryStyle> all(Convention fvcore) {
    return List.of(
        new PrintedText(
            "fvcore",
            fvcore,
            "flop_count_table(flops)",
            (c, n, p) -> table(c, n, p, DEFAULT_DEPTH)),
        new PrintedText(
            "fvcore/flop_count_table_depth10",
            fvcore,
            "flop_count_table(flops, max_depth=10)",
            (c, n, p) -> table(c, n, p, DEEP)),
        new PrintedText(
            "fvcore/flop_count_str",
            fvcore,
            "flop_count_str(flops)",
            (c, n, p) -> tree(Analysis.ofFlops(c, n, p))),
        new PrintedText(
            "fvcore/by_operator", fvcore, "flops.by_operator()", FvcoreTexts::byOperator),
        new PrintedText(
            "fvcore/parameter_count_table",
            fvcore,
            "parameter_count_table(model)",
            (c, n, p) -> parameters(new ParameterCounts(n))),
        new PrintedText(
            "fvcore/warnings", fvcore, "what FlopCountAnalysis logs", FvcoreTexts::warnings));
  }

  private static String table(Convention convention, Network network, ForwardPass pass, int depth) {
    Analysis analysis = Analysis.ofFlops(convention, network, pass);
    List<String> headers = new ArrayList<>(List.of("module"));
    headers.addAll(analysis.columns());
    return Tabulate.PIPE.table(headers, analysis.rows(depth));
  }

  /** {@code flop_count_str}, print_model_statistics.py:297. */
  static String tree(Analysis analysis) {
    String note =
        analysis.trace().uncalled().isEmpty()
            ? ""
            : "N/A indicates a possibly missing statistic due to how the module was called. "
                + "Missing values are still included in the parent's total.\n";
    return note + StatisticsText.of(analysis.network().root(), analysis.beside());
  }

  /** A Python {@code Counter} as it prints itself: the largest first. */
  private static String byOperator(Convention convention, Network network, ForwardPass pass) {
    OperatorCounts counts = OperatorCounts.of(convention.counter(network), network, pass);
    Map<String, Long> all = counts.byPath().getOrDefault("", Map.of());
    if (all.isEmpty()) {
      return "Counter()";
    }
    return all.entrySet().stream()
        .sorted(Comparator.comparing((Map.Entry<String, Long> e) -> e.getValue()).reversed())
        .map(e -> "'" + e.getKey() + "': " + number(e.getValue(), counts.isReal(e.getKey())))
        .collect(Collectors.joining(", ", "Counter({", "})"));
  }

  private static String number(long count, boolean real) {
    return real ? PythonText.repr((double) count) : String.valueOf(count);
  }

  /** {@code parameter_count_table}, parameter_count.py:32. */
  private static String parameters(ParameterCounts parameters) {
    Map<String, List<String>> children = Statistics.children(parameters.counts().keySet());
    List<List<String>> rows = new ArrayList<>();
    long all = parameters.counts().getOrDefault("", 0L);
    rows.add(List.of("model", SizeText.ofParameters(all)));
    addBelow("", 0, parameters, children, rows);
    return Tabulate.PIPE.table(List.of("name", "#elements or shape"), rows);
  }

  private static void addBelow(
      String path,
      int level,
      ParameterCounts parameters,
      Map<String, List<String>> children,
      List<List<String>> rows) {
    if (level >= DEFAULT_DEPTH) {
      return;
    }
    String indent = " ".repeat(level + 1);
    for (String child : children.getOrDefault(path, List.of())) {
      Shape shape = parameters.shapes().get(child);
      String text =
          shape != null
              ? SizeText.of(shape)
              : SizeText.ofParameters(parameters.counts().getOrDefault(child, 0L));
      rows.add(List.of(indent + PythonText.name(child), indent + text));
      if (shape == null) {
        addBelow(child, level + 1, parameters, children, rows);
      }
    }
  }

  /** {@code _warn_unsupported_ops} and {@code _warn_uncalled_mods}, jit_analysis.py:478. */
  private static String warnings(Convention convention, Network network, ForwardPass pass) {
    Trace trace = Trace.of(convention.rules(), network, pass);
    StringBuilder text = new StringBuilder();
    trace
        .unsupported()
        .forEach(
            (node, times) ->
                text.append("Unsupported operator ")
                    .append(node)
                    .append(" encountered ")
                    .append(times)
                    .append(" time(s)\n"));
    List<String> uncalled =
        network.modules().stream()
            .filter(module -> !trace.isCalled(network.path(module)) && Trace.hasForward(module))
            .map(network::path)
            .sorted()
            .map(PythonText::name)
            .toList();
    if (!uncalled.isEmpty()) {
      text.append(
              "The following submodules of the model were never called during the trace of the "
                  + "graph. They may be unused, or they were accessed by direct calls to "
                  + ".forward() or via other python methods. In the latter case they will have "
                  + "zeros for statistics, though their statistics will still contribute to their "
                  + "parent calling module.\n")
          .append(String.join(", ", uncalled))
          .append('\n');
    }
    return text.toString();
  }
}
