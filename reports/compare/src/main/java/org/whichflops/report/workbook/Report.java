package org.whichflops.report.workbook;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.table.SheetText;

/**
 * A comparison as a workbook with the sheets Summary, Layers, Explain, Sweep, Conventions and
 * About.
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
              + "and counts follow. The first model's batch is that of the models below it. Each "
              + "count is the convention's own formula (sheet Conventions) over the cells of its "
              + "row. A size refers to the batch where it grows with it; that was found by running "
              + "the model at four batches.",
          "A column of counts that formulas over sizes cannot give says why above its name. Where "
              + "each count at least grows evenly with the batch, it \"follows the batch alone\"; "
              + "else it has \"values\" for the batch it was made at, and neither it nor its count "
              + "in Summary and Sweep follows anything.",
          "Explain: the difference of two conventions in causes that add up. The chart shows the "
              + "largest.",
          "Sweep: the counts of Summary, model by model, with charts.",
          SheetText.LONG_NUMBERS);

  private static final String SIZES =
      "The sizes in Layers: x is a call's first input, x2 and x3 those after it, y its output, w its "
          + "weight; numel(x) the number of elements of x, x[1] its size in dimension 1, x[-1] that "
          + "in the last, spatial(y) the product of y's sizes after the second; and:";

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
    write(out, () -> {});
  }

  /**
   * The same.
   *
   * @param networkDone is run when the layers of a network are written
   */
  public void write(OutputStream out, Runnable networkDone) throws IOException {
    try (Book book = new Book()) {
      Summary summary = Summary.write(sweep, book.sheet("Summary"));
      Map<String, String> meanings = layers(book.sheet("Layers"), summary, networkDone);
      new ExplainSheet(sweep, book.sheet("Explain")).write(from, to);
      new SweepSheet(sweep, summary, book.sheet("Sweep")).write();
      new ConventionsSheet(book.sheet("Conventions")).write(sweep.conventions());
      List<String> lines = new ArrayList<>(made);
      lines.addAll(ABOUT);
      lines.add(SIZES);
      meanings.forEach((symbol, meaning) -> lines.add(symbol + ": " + meaning));
      book.notes("About", lines);
      book.write(out);
    }
  }

  /** The blocks of layers; what their sizes mean comes back. */
  private Map<String, String> layers(Grid sheet, Summary summary, Runnable networkDone)
      throws IOException {
    Map<String, String> meanings = new TreeMap<>();
    List<@Nullable Resolution> resolutions = sweep.resolutionsOrOwn();
    LayersBlock leader = null;
    int blocks = 0;
    int top = 0;
    int row = 1;
    for (Network network : sweep.networks()) {
      long batch = sweep.firstBatch(network);
      for (int i = 0; i < resolutions.size(); i++) {
        if (summary.isCounted(row + i)) {
          Runs runs = Runs.of(network, batch, resolutions.get(i), sweep.conventions());
          LayersBlock block = new LayersBlock(sheet, top, network, runs, sweep.conventions());
          block.write(leader);
          meanings.putAll(block.meanings());
          summary.refer(row + i, block);
          top = block.end() + 1;
          leader = leader == null ? block : leader;
          blocks++;
          sheet.flush();
        }
      }
      row += Math.max(1, sweep.batches().size()) * resolutions.size();
      networkDone.run();
    }
    sheet.fit();
    if (leader != null && blocks == 1) {
      leader.filter();
      sheet.freeze(2, 1);
    } else {
      sheet.freeze(0, 1);
    }
    return meanings;
  }
}
