package org.whichflops.convention.torchflopcounter;

import static org.whichflops.convention.PythonText.fixed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.whichflops.convention.Convention;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.Tabulate;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * {@code print(FlopCounterMode.get_table(depth))} (flop_counter.py:634): modules down to a depth in
 * the order of their names, each with its operators; one unit for all numbers, by the total's.
 */
final class FlopCounterTable implements SummaryStyle {
  private static final List<String> HEADERS = List.of("Module", "FLOP", "% Total");
  private static final List<String> SUFFIXES = List.of("", "K", "M", "B", "T");

  private final String id;
  private final Convention convention;
  private final int depth;

  FlopCounterTable(String id, Convention convention, int depth) {
    this.id = id;
    this.convention = convention;
    this.depth = depth;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String source() {
    return "%s, FlopCounterMode.get_table(depth=%d), counted on the CPU without gradients"
        .formatted(convention.about().version(), depth);
  }

  @Override
  public Mode mode() {
    return convention.mode();
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    FlopCounts counts = FlopCounts.of(convention, network, pass);
    long all = counts.total(TrackedNames.GLOBAL);
    List<List<String>> rows = new ArrayList<>();
    boolean subsumed = false;
    for (String name : new TreeSet<>(counts.byName().keySet())) {
      int level = (int) name.chars().filter(c -> c == '.').count();
      if (!name.equals(TrackedNames.GLOBAL) && level < depth) {
        subsumed |= counts.total(name) >= all;
        rows.addAll(rows(counts, name, level, all));
      }
    }
    if (!subsumed && counts.byName().containsKey(TrackedNames.GLOBAL)) {
      rows.replaceAll(row -> List.of(" " + row.get(0), row.get(1), row.get(2)));
      rows.addAll(0, rows(counts, TrackedNames.GLOBAL, 0, all));
    }
    if (rows.isEmpty()) {
      rows.add(List.of("Global", "0", "0%"));
    }
    out.append(Tabulate.SIMPLE.table(HEADERS, rows, false, true, true)).append('\n');
  }

  private static List<List<String>> rows(FlopCounts counts, String name, int level, long all) {
    String indent = " ".repeat(level);
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(indent + PythonText.name(name), counts.total(name), all));
    Map<String, Long> operators = counts.byName().getOrDefault(name, Map.of());
    operators.forEach((operator, count) -> rows.add(row(indent + " - " + operator, count, all)));
    return rows;
  }

  private static List<String> row(String name, long count, long all) {
    return List.of(name, withSuffix(count, all), percent(count, all));
  }

  /**
   * A count in the unit of the total, which keeps up to four digits before the point. Without a
   * unit, tabulate takes the column for numbers and drops the zeros after the point.
   */
  private static String withSuffix(long count, long all) {
    int index = Math.max(0, Math.min(SUFFIXES.size() - 1, (Long.toString(all).length() - 2) / 3));
    return index == 0
        ? Long.toString(count)
        : fixed(count / Math.pow(1000, index), 3) + SUFFIXES.get(index);
  }

  private static String percent(long count, long all) {
    return all == 0 ? "0%" : fixed((double) count / all * 100, 2) + "%";
  }
}
