package org.whichflops.convention.fvcore;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

/**
 * Numbers by path of a module or parameter, then by column, in the order in which fvcore's
 * dictionaries hold them (fvcore/nn/print_model_statistics.py).
 */
final class Statistics {
  private final Map<String, Map<String, Long>> numbers;

  private Statistics(Map<String, Map<String, Long>> numbers) {
    this.numbers = numbers;
  }

  /** No statistics yet. */
  static Statistics none() {
    return new Statistics(new LinkedHashMap<>());
  }

  /** Adds a column for some paths, new ones at the end. */
  void add(String column, Iterable<String> paths, ToLongFunction<String> numberOf) {
    for (String path : paths) {
      numbers
          .computeIfAbsent(path, p -> new LinkedHashMap<>())
          .put(column, numberOf.applyAsLong(path));
    }
  }

  /**
   * Without what has zeros only, children before parents ({@code _remove_zero_statistics}).
   *
   * @param kept paths that stay all the same
   * @param withChildren whether a path stays whose children do
   */
  Statistics withoutZeros(Set<String> kept, boolean withChildren) {
    Map<String, List<String>> children = children(numbers.keySet());
    Map<String, Map<String, Long>> left = new LinkedHashMap<>();
    keep("", children, kept, withChildren, left);
    return new Statistics(left);
  }

  private void keep(
      String path,
      Map<String, List<String>> children,
      Set<String> kept,
      boolean withChildren,
      Map<String, Map<String, Long>> left) {
    boolean anyChild = false;
    for (String child : children.getOrDefault(path, List.of())) {
      keep(child, children, kept, withChildren, left);
      anyChild |= left.containsKey(child);
    }
    Map<String, Long> columns = numbers.getOrDefault(path, Map.of());
    if (columns.values().stream().anyMatch(number -> number != 0)
        || kept.contains(path)
        || (withChildren && anyChild)) {
      left.put(path, columns);
    }
  }

  /** The numbers as texts, by path, then by column. */
  Map<String, Map<String, String>> texts(BiFunction<String, Long, String> textOf) {
    Map<String, Map<String, String>> texts = new LinkedHashMap<>();
    numbers.forEach(
        (path, columns) -> {
          Map<String, String> row = new LinkedHashMap<>();
          columns.forEach((column, number) -> row.put(column, textOf.apply(column, number)));
          texts.put(path, row);
        });
    return texts;
  }

  /** The paths right below each path, in order. */
  static Map<String, List<String>> children(Iterable<String> paths) {
    Map<String, List<String>> children = new LinkedHashMap<>();
    for (String path : paths) {
      if (!path.isEmpty()) {
        children.computeIfAbsent(Paths.parent(path), p -> new ArrayList<>()).add(path);
      }
    }
    return Collections.unmodifiableMap(children);
  }
}
