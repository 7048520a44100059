package org.whichflops.report.workbook;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.explain.Cause;
import org.whichflops.report.explain.Ledger;
import org.whichflops.report.explain.LedgerTable;
import org.whichflops.report.explain.Side;

/** The sheet that explains the difference of two conventions: for each model its causes. */
final class ExplainSheet {
  /** The columns of the cause and the difference, and of the chart. */
  private static final int CAUSE = 0;

  private static final int DIFFERENCE = 5;
  private static final int CHART = 7;

  /** What of many causes is seen in a chart. */
  private static final int SHOWN = 12;

  private final Sweep sweep;
  private final Grid sheet;

  ExplainSheet(Sweep sweep, Grid sheet) {
    this.sweep = sweep;
    this.sheet = sheet;
  }

  /** Writes the sheet. */
  void write(Convention from, Convention to) throws IOException {
    int top = 0;
    for (Network network : sweep.networks()) {
      try {
        Shape shape =
            Sweep.input(network, sweep.firstBatch(network), sweep.resolutionsOrOwn().get(0));
        Ledger ledger = Ledger.between(Side.of(from, network, shape), Side.of(to, network, shape));
        top = block(top, network.name() + " at " + shape, ledger);
      } catch (ToolFailureException | IllegalArgumentException e) {
        sheet.text(top, 0, "%s: %s".formatted(network.name(), e.getMessage()), Look.TITLE);
        top += 2;
      }
    }
  }

  private int block(int top, String subject, Ledger ledger) throws IOException {
    String title = "%s: from %s to %s".formatted(subject, ledger.from(), ledger.to());
    sheet.text(top, 0, title, Look.TITLE);
    SheetTable table = new SheetTable(sheet, top + 1);
    LedgerTable.write(ledger, LedgerTable.By.CAUSE, Integer.MAX_VALUE, table);
    List<String> texts = new ArrayList<>();
    List<Long> differences = new ArrayList<>();
    for (Cause cause : ledger.causes()) {
      if (cause.difference() != 0 && texts.size() < SHOWN) {
        texts.add(cause.text());
        differences.add(cause.difference());
      }
    }
    if (texts.isEmpty()) {
      return table.end() + 1;
    }
    Chart.Categories causes = new Chart.Categories(top + 2, CAUSE, texts);
    Chart.Series series = new Chart.Series(top + 1, DIFFERENCE, "difference", differences);
    new Chart(title, sheet, causes, List.of(series)).draw(Chart.Kind.BARS, top + 1, CHART);
    return Math.max(table.end(), top + 1 + Chart.HEIGHT) + 1;
  }
}
