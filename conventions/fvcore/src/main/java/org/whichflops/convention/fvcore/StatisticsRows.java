package org.whichflops.convention.fvcore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.PythonText;

/**
 * The rows of a table of modules ({@code _model_stats_table}, print_model_statistics.py:489): one a
 * path down to a depth, indented; a module with a single child of the same numbers is passed over.
 */
final class StatisticsRows {
  private final Map<String, Map<String, String>> statistics;
  private final Map<String, List<String>> children;
  private final List<String> columns;
  private final int depth;
  private final List<List<String>> rows = new ArrayList<>();
  private String rootPrefix = "";

  private StatisticsRows(
      Map<String, Map<String, String>> statistics, List<String> columns, int depth) {
    this.statistics = statistics;
    this.children = Statistics.children(statistics.keySet());
    this.columns = columns;
    this.depth = depth;
  }

  /** The rows, each with the name and then the columns. */
  static List<List<String>> of(
      Map<String, Map<String, String>> statistics, List<String> columns, int depth) {
    StatisticsRows table = new StatisticsRows(statistics, columns, depth);
    String root = table.passOver("");
    table.add(root.isEmpty() ? "model" : root, root, 0);
    table.rootPrefix = root.isEmpty() ? "" : root + ".";
    table.addBelow(root, 1);
    return table.rows;
  }

  private void addBelow(String path, int level) {
    if (level > depth) {
      return;
    }
    for (String child : children.getOrDefault(path, List.of())) {
      String shown = passOver(child);
      String name = shown.startsWith(rootPrefix) ? shown.substring(rootPrefix.length()) : shown;
      add(name, shown, level);
      addBelow(shown, level + 1);
    }
  }

  private void add(String name, String path, int level) {
    String indent = " ".repeat(level);
    Map<String, String> numbers = statistics.getOrDefault(path, Map.of());
    List<String> row = new ArrayList<>();
    row.add(indent + PythonText.name(name));
    for (String column : columns) {
      String text = numbers.get(column);
      row.add(text == null ? "" : indent + text);
    }
    rows.add(row);
  }

  /** The path shown in a path's place ({@code _fastforward}), which takes over its numbers. */
  private String passOver(String path) {
    List<String> below = children.getOrDefault(path, List.of());
    if (below.size() != 1) {
      return path;
    }
    String child = below.get(0);
    Map<String, String> both =
        combined(statistics.getOrDefault(path, Map.of()), statistics.getOrDefault(child, Map.of()));
    if (both == null) {
      return path;
    }
    statistics.put(child, both);
    return passOver(child);
  }

  /** Two rows in one, where they do not contradict each other ({@code _try_combine}). */
  private static @Nullable Map<String, String> combined(
      Map<String, String> upper, Map<String, String> lower) {
    if (!upper.keySet().equals(lower.keySet())) {
      return null;
    }
    Map<String, String> both = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : upper.entrySet()) {
      String above = entry.getValue();
      String below = lower.getOrDefault(entry.getKey(), "");
      if (!above.equals(below) && !above.isEmpty() && !below.isEmpty()) {
        return null;
      }
      both.put(entry.getKey(), above.isEmpty() ? below : above);
    }
    return both;
  }
}
