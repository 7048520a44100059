package org.whichflops.convention.torchinfo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whichflops.convention.Rule;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;

/** The lines of a summary in order, torchinfo's {@code summary_list}. */
final class Rows {
  private final TorchinfoVersion version;
  private final List<Row> rows = new ArrayList<>();

  private Rows(TorchinfoVersion version) {
    this.version = version;
  }

  /** Without an input: every place of every module. */
  static List<Row> of(Network network, TorchinfoVersion version) {
    Rows summary = new Rows(version);
    Set<Module> seen = new HashSet<>();
    for (Row row : new Places(network).all()) {
      summary.add(row, seen);
    }
    return summary.finish();
  }

  /** With an input: every call, and containers that are called by nobody. */
  static List<Row> of(Network network, ForwardPass pass, TorchinfoVersion version) {
    Rows summary = new Rows(version);
    summary.addCalls(new Places(network), pass);
    summary.addMissingContainers();
    return summary.finish();
  }

  private void add(Row row, Set<Module> seen) {
    if (!seen.add(row.module())) {
      row.markRecursive();
    }
    rows.add(row);
  }

  private void addCalls(Places places, ForwardPass pass) {
    Set<Module> seen = new HashSet<>();
    Map<Integer, Row> byCall = new HashMap<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee() instanceof Module module) {
        Row place =
            version == TorchinfoVersion.RELEASE
                ? places.last(module)
                : places.under(module, running(pass, call, byCall));
        Row row = new Row(place.name(), module, place.depth(), place.parent());
        row.ran(call, macs(call, module));
        add(row, seen);
        byCall.put(i, row);
      }
    }
  }

  private static List<Row> running(ForwardPass pass, Call call, Map<Integer, Row> byCall) {
    List<Row> running = new ArrayList<>();
    for (int at = call.parent(); at >= 0; at = pass.call(at).parent()) {
      Row row = byCall.get(at);
      if (row != null) {
        running.add(row);
      }
    }
    return running;
  }

  private long macs(Call call, Module module) {
    Rule rule = TorchinfoRules.find(version.rules(), module);
    if (rule == null) {
      return 0;
    }
    try {
      return rule.formula().value(module.returnsDict() ? new LastOutput(call) : call);
    } catch (ArithmeticException e) {
      return Row.TOO_MANY; // A container's is only asked whether it is more than 0.
    }
  }

  /**
   * {@code add_missing_container_layers} (torchinfo.py:331), step by step: it goes through the list
   * that it inserts into, and compares rows by identity.
   */
  private void addMissingContainers() {
    Set<Module> seen = new HashSet<>();
    rows.forEach(row -> seen.add(row.module()));
    Map<Integer, Row> current = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      int inserted = 0;
      Row[] hierarchy = hierarchy(row);
      for (int depth = 1; depth < row.depth(); depth++) {
        Row open = current.get(depth);
        Row container = hierarchy[depth];
        if ((open == null || open.module() != container.module())
            && container != before(i + inserted)) {
          if (!seen.add(container.module())) {
            container.markRecursive();
          }
          rows.add(i + inserted, container);
          current.put(depth, container);
          inserted++;
        }
      }
      current.put(row.depth(), row);
      for (int depth = row.depth() + 1; current.remove(depth) != null; depth++) {
        // Deeper ones are closed.
      }
    }
  }

  private static Row[] hierarchy(Row row) {
    Row[] hierarchy = new Row[Math.max(1, row.depth())];
    for (Row above = row.parent(); above != null && above.depth() > 0; above = above.parent()) {
      hierarchy[above.depth()] = above;
    }
    return hierarchy;
  }

  /** As Python counts: before the first comes the last. */
  private Row before(int index) {
    return rows.get(index == 0 ? rows.size() - 1 : index - 1);
  }

  private List<Row> finish() {
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      int end = i + 1;
      while (end < rows.size() && rows.get(end).depth() > row.depth()) {
        end++;
      }
      row.place(numbers.merge(row.depth(), 1, Integer::sum), rows.subList(i + 1, end));
    }
    if (version == TorchinfoVersion.MASTER) {
      markTied();
    }
    return Collections.unmodifiableList(rows);
  }

  /** A module whose own parameters were all in rows before it (model_statistics.py:57). */
  private void markTied() {
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Row row : rows) {
      boolean any = false;
      boolean anyNew = false;
      for (Parameter parameter : row.module().parameters().values()) {
        any |= parameter.numel() > 0;
        anyNew |= seen.add(parameter);
      }
      if (any && !anyNew) {
        row.markRecursive();
      }
    }
  }
}
