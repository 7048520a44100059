package org.whichflops.report.explain;

import java.io.IOException;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.whichflops.report.table.Column;
import org.whichflops.report.table.TableWriter;

/** {@code cause,kind,calls,from,to,difference}, last row {@code total}. */
public final class LedgerTable {
  private LedgerTable() {}

  /** What a row is. */
  public enum By {
    /** A cause at one kind of layer. */
    CAUSE,
    /** A kind of layer, whatever the cause. */
    KIND,
    /** A layer. */
    LAYER;

    List<Cause> rows(Ledger ledger) {
      return switch (this) {
        case CAUSE -> ledger.causes();
        case KIND -> ledger.kinds();
        case LAYER -> ledger.layers();
      };
    }
  }

  /**
   * Writes a ledger.
   *
   * @param top how many rows to show, the largest differences first; the rest is added up in one
   */
  public static void write(Ledger ledger, By by, int top, TableWriter table) throws IOException {
    String first = by == By.LAYER ? "layer" : "cause";
    table.begin(
        List.of(
            Column.text(first),
            Column.text("kind"),
            Column.number("calls"),
            Column.count("from"),
            Column.count("to"),
            Column.count("difference")));
    List<Cause> rows = by.rows(ledger);
    Set<Cause> largest = largest(rows, top);
    Cause rest = null;
    for (Cause cause : rows) {
      if (largest.contains(cause)) {
        row(cause, table);
      } else {
        Cause more =
            new Cause(
                "(%d smaller)".formatted(rows.size() - largest.size()),
                "",
                cause.calls(),
                cause.from(),
                cause.to());
        rest = rest == null ? more : rest.plus(more);
      }
    }
    if (rest != null) {
      row(rest, table);
    }
    long calls = rows.stream().mapToLong(Cause::calls).sum();
    row(new Cause("total", "", calls, ledger.fromTotal(), ledger.toTotal()), table);
    table.close();
  }

  /** Those with the largest differences; a row is itself only, however like another. */
  private static Set<Cause> largest(List<Cause> rows, int top) {
    Set<Cause> largest = Collections.newSetFromMap(new IdentityHashMap<>());
    rows.stream()
        .sorted(Comparator.comparingLong((Cause row) -> Math.abs(row.difference())).reversed())
        .limit(top)
        .forEach(largest::add);
    return largest;
  }

  private static void row(Cause cause, TableWriter table) throws IOException {
    table.row(
        cause.text(),
        cause.kind().isEmpty() ? null : cause.kind(),
        cause.calls(),
        cause.from(),
        cause.to(),
        cause.difference());
  }
}
