package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run could not tell: operators that nobody knows, and choices that depend on data. */
final class RunNotes {
  private static final int NAMED = 3;

  private final Map<String, List<String>> unknown = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final List<String> remarks = new ArrayList<>();

  /** A node whose operator is not known. */
  void unknown(Node node) {
    String op = node.qualifiedOp();
    counts.merge(op, 1, Integer::sum);
    List<String> names = unknown.computeIfAbsent(op, o -> new ArrayList<>());
    if (names.size() < NAMED) {
      names.add(node.name());
    }
  }

  /** Something that holds only under an assumption. */
  void remark(String text) {
    if (remarks.size() < NAMED && !remarks.contains(text)) {
      remarks.add(text);
    }
  }

  /** Each unknown operator with the names of its nodes. */
  List<String> uncounted() {
    List<String> all = new ArrayList<>();
    unknown.forEach(
        (op, names) -> {
          int more = counts.getOrDefault(op, 0) - names.size();
          all.add(
              op
                  + " ("
                  + String.join(", ", names)
                  + (more > 0 ? " and %d more".formatted(more) : "")
                  + ")");
        });
    return all;
  }

  List<String> remarks() {
    return remarks;
  }
}
