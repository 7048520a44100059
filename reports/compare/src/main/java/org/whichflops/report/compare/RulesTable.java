package org.whichflops.report.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Choice;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Rule;
import org.whichflops.convention.RuleTable;
import org.whichflops.engine.tensor.Device;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.Mathematics;
import org.whichflops.report.table.TableWriter;

/** The rules of a convention as rows, and where two conventions' rules differ. */
public final class RulesTable {
  private RulesTable() {}

  /**
   * One row for each thing seen, then one for each option.
   *
   * @param grouped whether things that one rule sees share a row, for people
   */
  public static void write(Convention convention, boolean grouped, TableWriter table)
      throws IOException {
    table.begin(
        List.of(
            grouped ? Column.prose("sees") : Column.text("sees"),
            Column.text("formula"),
            Column.text("pays for"),
            Column.prose("note"),
            Column.text("source")));
    for (Rule rule : convention.rules().rules()) {
      for (String key : grouped ? List.of(String.join(", ", rule.keys())) : rule.keys()) {
        table.row(key, mathematics(rule), labels(rule), orNull(rule.note()), orNull(rule.source()));
      }
    }
    for (Choice choice : convention.options()) {
      table.row("(option)", choice.name() + "=" + choice.values(), null, choice.meaning(), null);
    }
    table.close();
  }

  /**
   * One row for each thing that is seen by one only, or counted by another formula.
   *
   * @param grouped whether things with the same change share a row, for people
   */
  public static void writeDifference(
      Convention from, Convention to, boolean grouped, TableWriter table) throws IOException {
    table.begin(
        List.of(
            grouped ? Column.prose("sees") : Column.text("sees"),
            Column.text("change"),
            Column.prose(from.about().id()),
            Column.prose(to.about().id())));
    about(table, "(version)", from.about().version(), to.about().version());
    about(table, "(quantity)", from.about().quantity(), to.about().quantity());
    about(table, "(watches)", words(from.mode()), words(to.mode()));
    RuleTable before = from.rules();
    RuleTable after = to.rules();
    Set<String> keys = new LinkedHashSet<>();
    before.rules().forEach(rule -> keys.addAll(rule.keys()));
    after.rules().forEach(rule -> keys.addAll(rule.keys()));
    Map<List<@Nullable Mathematics>, List<String>> changes = new LinkedHashMap<>();
    for (String key : keys) {
      Mathematics old = mathematics(before.find(key));
      Mathematics now = mathematics(after.find(key));
      if (!Objects.equals(old, now)) {
        if (grouped) {
          changes.computeIfAbsent(Arrays.asList(old, now), c -> new ArrayList<>()).add(key);
        } else {
          change(table, key, old, now);
        }
      }
    }
    for (Map.Entry<List<@Nullable Mathematics>, List<String>> entry : changes.entrySet()) {
      change(
          table, String.join(", ", entry.getValue()), entry.getKey().get(0), entry.getKey().get(1));
    }
    table.close();
  }

  /** A mode in words: {@code without gradients, on the CPU}. */
  public static String words(Mode mode) {
    return "%s gradients, on %s"
        .formatted(
            mode.grad() ? "with" : "without",
            mode.device() == Device.CPU ? "the CPU" : "the meta device");
  }

  private static String labels(Rule rule) {
    return rule.formula().terms().stream()
        .map(term -> term.label().words())
        .collect(Collectors.joining(", "));
  }

  private static void change(
      TableWriter table, String keys, @Nullable Mathematics old, @Nullable Mathematics now)
      throws IOException {
    table.row(keys, old == null ? "added" : now == null ? "removed" : "changed", old, now);
  }

  private static void about(TableWriter table, String what, String from, String to)
      throws IOException {
    if (!from.equals(to)) {
      table.row(what, "changed", orNull(from), orNull(to));
    }
  }

  private static @Nullable Mathematics mathematics(@Nullable Rule rule) {
    return rule == null ? null : new Mathematics(rule.formula().text(), rule.formula().latex());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
