package org.whichflops.convention.modelsummary;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * The table that {@code summary(model, x, ...)} returns (model_summary.py:127-178).
 *
 * @param view the arguments as the id names them, empty for the defaults
 * @param maxDepth {@code max_depth}
 * @param showInput {@code show_input}
 * @param showHierarchical {@code show_hierarchical}
 * @param showParentLayers {@code show_parent_layers}
 * @param showBatchSize whether {@code batch_size} is given, as the input's
 */
record ModelSummaryView(
    String view,
    int maxDepth,
    boolean showInput,
    boolean showHierarchical,
    boolean showParentLayers,
    boolean showBatchSize)
    implements SummaryStyle {
  private static final String ID = "pytorch-model-summary";

  /** Two columns of numbers and the spaces between all. */
  private static final int NUMBERS_WIDTH = 35;

  private static final int LEAST_WIDTH = 15;
  private static final int LEAST_PARENT_WIDTH = 13;
  private static final int MARGIN = 3;

  /** Every view that the command line offers. */
  static List<SummaryStyle> all() {
    return List.of(
        new ModelSummaryView("", 1, false, false, false, false),
        new ModelSummaryView("show_input", 1, true, false, false, false),
        new ModelSummaryView("show_hierarchical", 1, false, true, false, false),
        new ModelSummaryView("show_input,show_hierarchical", 1, true, true, false, false),
        new ModelSummaryView(
            "max_depth=none,show_parent_layers",
            ShownModules.EVERY_DEPTH,
            false,
            false,
            true,
            false),
        new ModelSummaryView(
            "max_depth=none,show_parent_layers,batch_size",
            ShownModules.EVERY_DEPTH,
            false,
            false,
            true,
            true));
  }

  @Override
  public String id() {
    return view.isEmpty() ? ID : ID + "/" + view;
  }

  @Override
  public String source() {
    return "pytorch_model_summary 0.1.2: print(summary(model, x"
        + (maxDepth == ShownModules.EVERY_DEPTH ? ", max_depth=None" : "")
        + (showInput ? ", show_input=True" : "")
        + (showHierarchical ? ", show_hierarchical=True" : "")
        + (showParentLayers ? ", show_parent_layers=True" : "")
        + (showBatchSize ? ", batch_size=len(x)" : "")
        + "))";
  }

  @Override
  public Mode mode() {
    return Mode.CPU_NO_GRAD;
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    SummaryRows rows = SummaryRows.of(network, pass, maxDepth, showInput);
    int parents = width(rows, SummaryRow::parents, LEAST_PARENT_WIDTH);
    int names = width(rows, SummaryRow::name, LEAST_WIDTH);
    int shapes = width(rows, SummaryRow::shapes, LEAST_WIDTH);
    String format =
        (showParentLayers ? "%" + parents + "s " : "%.0s")
            + "%"
            + names
            + "s  %"
            + shapes
            + "s %15s %15s\n";
    int line = NUMBERS_WIDTH + (showParentLayers ? parents : 0) + names + shapes;
    StringBuilder text = new StringBuilder();
    rule(text, '-', line);
    text.append(
        String.format(
            Locale.ROOT,
            format,
            "Parent Layers",
            "Layer (type)",
            showInput ? "Input Shape" : "Output Shape",
            "Param #",
            "Tr. Param #"));
    rule(text, '=', line);
    for (SummaryRow row : rows.all()) {
      text.append(
          String.format(
              Locale.ROOT,
              format,
              row.parents(),
              row.name(),
              row.shapes(),
              PythonText.grouped(row.parameters()),
              PythonText.grouped(row.trainable())));
    }
    rule(text, '=', line);
    text.append("Total params: ").append(PythonText.grouped(rows.parameters())).append('\n');
    text.append("Trainable params: ").append(PythonText.grouped(rows.trainable())).append('\n');
    text.append("Non-trainable params: ")
        .append(PythonText.grouped(rows.parameters() - rows.trainable()))
        .append('\n');
    if (showBatchSize) {
      text.append("Batch size: ")
          .append(PythonText.grouped(pass.call(0).input(0).size(0)))
          .append('\n');
    }
    rule(text, '-', line);
    if (showHierarchical) {
      text.append("\n\n").append(HierarchicalSummary.of(network.root())).append('\n');
    }
    out.append(text);
  }

  private static int width(SummaryRows rows, Function<SummaryRow, String> cell, int least) {
    return rows.all().stream().map(cell).mapToInt(String::length).reduce(least, Math::max) + MARGIN;
  }

  private static void rule(StringBuilder text, char of, int width) {
    text.append(String.valueOf(of).repeat(width)).append('\n');
  }
}
