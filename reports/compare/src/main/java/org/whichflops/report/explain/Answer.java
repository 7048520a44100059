package org.whichflops.report.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A ledger in a paragraph. */
public final class Answer {
  private static final int TOLD = 3;

  private Answer() {}

  /**
   * Who counts how much, by how much they differ, and what the largest causes are.
   *
   * @param subject what was counted
   */
  public static String of(String subject, Ledger ledger) {
    StringBuilder text = new StringBuilder(subject).append(": ");
    text.append(
        "%s counts %s and %s %s"
            .formatted(
                ledger.from(), count(ledger.fromTotal()), ledger.to(), count(ledger.toTotal())));
    long difference = ledger.difference();
    List<Cause> causes = byText(ledger);
    if (difference == 0) {
      text.append(causes.isEmpty() ? ", alike everywhere." : ", which is the same by chance. ");
    } else {
      text.append(
          ": %s %s%s. "
              .formatted(
                  count(Math.abs(difference)),
                  difference > 0 ? "more" : "less",
                  percent(difference, ledger.fromTotal())));
    }
    for (int i = 0; i < Math.min(TOLD, causes.size()); i++) {
      Cause cause = causes.get(i);
      text.append(i == 0 ? "That is " : i == Math.min(TOLD, causes.size()) - 1 ? " and " : ", ");
      text.append(signed(cause.difference())).append(": ").append(cause.text());
    }
    if (causes.size() > TOLD) {
      long rest = 0;
      for (Cause cause : causes.subList(TOLD, causes.size())) {
        rest = Math.addExact(rest, cause.difference());
      }
      int more = causes.size() - TOLD;
      text.append(
          "; %d smaller cause%s make%s %s"
              .formatted(more, more == 1 ? "" : "s", more == 1 ? "s" : "", signed(rest)));
    }
    return causes.isEmpty() ? text.toString() : text.append('.').toString();
  }

  /** The causes that make a difference, whatever kind of layer they are at. */
  private static List<Cause> byText(Ledger ledger) {
    Map<String, Cause> sums = new LinkedHashMap<>();
    for (Cause cause : ledger.causes()) {
      if (cause.difference() != 0) {
        sums.merge(cause.text(), cause, Cause::plus);
      }
    }
    List<Cause> sorted = new ArrayList<>(sums.values());
    sorted.sort((a, b) -> Long.compare(Math.abs(b.difference()), Math.abs(a.difference())));
    return sorted;
  }

  private static String percent(long difference, long from) {
    return from == 0
        ? ""
        : String.format(Locale.ROOT, " (%.2f %%)", 100.0 * Math.abs((double) difference) / from);
  }

  private static String signed(long count) {
    return (count < 0 ? "-" : "+") + count(Math.abs(count));
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
