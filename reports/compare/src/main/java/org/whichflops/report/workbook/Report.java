package org.whichflops.report.workbook;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Rule;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.compare.ComparisonTable;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.explain.Ledger;
import org.whichflops.report.explain.LedgerTable;
import org.whichflops.report.explain.Side;
import org.whichflops.report.table.SheetText;

/**
 * A comparison as a workbook with the sheets Summary, Layers, Explain, Conventions and About.
 *
 * @param sweep what is counted; Layers shows its first batch
 * @param from the convention that Explain starts from
 * @param to the convention that Explain explains
 * @param made lines that say what made the workbook, and how
 */
public record Report(Sweep sweep, Convention from, Convention to, List<String> made) {
  private static final List<String> ABOUT =
      List.of(
          "Summary: every model and input; the counts of a model's first batch are those of Layers.",
          "Layers: change the batch, the shaded cell above a model's layers, or a size in its row, "
              + "and counts follow. Each count is the convention's own formula (sheet Conventions) "
              + "over the cells of its row. A size refers to the batch where it grows with it; "
              + "that was found by running the model at four batches.",
          "A column of counts that formulas cannot give has values, for the batch it was made "
              + "at, and says why above its name.",
          "Explain: the difference of two conventions in causes that add up.",
          SheetText.LONG_NUMBERS);

  /** Keeps the lines as they are. */
  public Report {
    made = List.copyOf(made);
  }

  /**
   * Writes it.
   *
   * @throws org.whichflops.report.compare.NothingCountedException where not one input could run
   */
  public void write(OutputStream out) throws IOException {
    Workbook workbook = new Workbook(out, "Whichflops", null);
    SheetTable summary = new SheetTable(workbook.newWorksheet("Summary"), 0);
    ComparisonTable.wide(summary, sweep.conventions()).write(sweep);
    layers(workbook.newWorksheet("Layers"), summary);
    explain(workbook.newWorksheet("Explain"));
    conventions(workbook.newWorksheet("Conventions"));
    Worksheet about = workbook.newWorksheet("About");
    List<String> lines = new ArrayList<>(made);
    lines.addAll(ABOUT);
    SheetText.notes(about, lines);
    workbook.finish();
  }

  private void layers(Worksheet sheet, SheetTable summary) {
    List<@Nullable Resolution> resolutions = new ArrayList<>(sweep.resolutions());
    if (resolutions.isEmpty()) {
      resolutions.add(null);
    }
    int top = 0;
    int row = 1;
    for (Network network : sweep.networks()) {
      long batch = sweep.batches().isEmpty() ? network.input().batch() : sweep.batches().get(0);
      for (int i = 0; i < resolutions.size(); i++) {
        if (summary.isCounted(row + i, sweep.conventions().size())) {
          Runs runs = Runs.of(network, batch, resolutions.get(i), sweep.conventions());
          LayersBlock block = new LayersBlock(sheet, top, network, runs, sweep.conventions());
          block.write();
          summary.refer(row + i, block, sweep.conventions().size());
          top = block.end() + 1;
        }
      }
      row += Math.max(1, sweep.batches().size()) * resolutions.size();
    }
    sheet.width(0, 30);
    sheet.width(1, 20);
    for (int i = 2; i < 60; i++) {
      sheet.width(i, 16);
    }
    sheet.freezePane(1, 0);
  }

  private void explain(Worksheet sheet) throws IOException {
    int row = 0;
    Resolution resolution = sweep.resolutions().isEmpty() ? null : sweep.resolutions().get(0);
    for (Network network : sweep.networks()) {
      long batch = sweep.batches().isEmpty() ? network.input().batch() : sweep.batches().get(0);
      try {
        Shape shape =
            resolution == null
                ? network.input().at(batch)
                : network.input().at(batch, resolution.height(), resolution.width());
        Ledger ledger = Ledger.between(Side.of(from, network, shape), Side.of(to, network, shape));
        SheetText.text(
            sheet,
            row,
            0,
            "%s at %s: from %s to %s".formatted(network.name(), shape, ledger.from(), ledger.to()));
        SheetTable table = new SheetTable(sheet, row + 1);
        LedgerTable.write(ledger, LedgerTable.By.CAUSE, Integer.MAX_VALUE, table);
        row = table.end() + 1;
      } catch (ToolFailureException | IllegalArgumentException e) {
        SheetText.text(sheet, row, 0, "%s: %s".formatted(network.name(), e.getMessage()));
        row += 2;
      }
    }
  }

  private void conventions(Worksheet sheet) {
    String[] head = {
      "convention", "tool", "version", "quantity", "sees", "formula", "note", "source"
    };
    for (int i = 0; i < head.length; i++) {
      SheetText.text(sheet, 0, i, head[i]);
      sheet.style(0, i).bold().set();
      sheet.width(i, i < 4 ? 16 : 50);
    }
    int row = 1;
    for (Convention convention : sweep.conventions()) {
      About about = convention.about();
      row = line(sheet, row, about, "", "", about.summary(), about.source());
      for (Rule rule : convention.rules().rules()) {
        String sees = String.join(", ", rule.keys());
        row = line(sheet, row, about, sees, rule.formula().text(), rule.note(), rule.source());
      }
    }
    sheet.freezePane(0, 1);
    sheet.setAutoFilter(0, 0, row - 1, head.length - 1);
  }

  private static int line(Worksheet sheet, int row, About about, String... cells) {
    String[] first = {about.id(), about.tool(), about.version(), about.quantity()};
    for (int i = 0; i < first.length; i++) {
      SheetText.text(sheet, row, i, first[i]);
    }
    for (int i = 0; i < cells.length; i++) {
      SheetText.text(sheet, row, first.length + i, cells[i]);
    }
    return row + 1;
  }
}
