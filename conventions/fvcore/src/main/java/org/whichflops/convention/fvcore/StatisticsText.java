package org.whichflops.convention.fvcore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.whichflops.convention.PythonText;
import org.whichflops.engine.nn.Module;

/**
 * A model as PyTorch prints it, with statistics as one more line of each module ({@code
 * _model_stats_str}, print_model_statistics.py:199). Unlike PyTorch, it asks no class how it wants
 * to be printed, and prints equal neighbours in a list one by one.
 */
final class StatisticsText {
  private final Map<String, Map<String, String>> statistics;

  private StatisticsText(Map<String, Map<String, String>> statistics) {
    this.statistics = statistics;
  }

  /** The text, without a line end after the last line. */
  static String of(Module root, Map<String, Map<String, String>> statistics) {
    return new StatisticsText(statistics).text(root, "");
  }

  private String text(Module module, String path) {
    List<String> lines = new ArrayList<>();
    if (!module.extraRepr().isEmpty()) {
      lines.addAll(List.of(module.extraRepr().split("\n", -1)));
    }
    Map<String, String> numbers = statistics.getOrDefault(path, Map.of());
    if (!numbers.isEmpty()) {
      lines.add(
          numbers.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + entry.getValue())
              .collect(Collectors.joining(", ")));
    }
    int own = lines.size();
    module
        .children()
        .forEach(
            (name, child) -> {
              String text = text(child, path.isEmpty() ? name : path + "." + name);
              lines.add("(" + PythonText.name(name) + "): " + text.replace("\n", "\n  "));
            });
    String type = PythonText.name(module.type().name());
    if (lines.isEmpty()) {
      return type + "()";
    }
    return own == 1 && lines.size() == 1
        ? type + "(" + lines.get(0) + ")"
        : type + "(\n  " + String.join("\n  ", lines) + "\n)";
  }
}
