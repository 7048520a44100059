package org.whichflops.report.workbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Layer;
import org.whichflops.report.compare.Layers;
import org.whichflops.report.table.SheetText;

/**
 * The layers of one network on a sheet: a cell with the batch, then a row a layer with the sizes it
 * is counted by, and counts that are formulas over those cells.
 *
 * <p>A quantity has a column, {@code numel(y)}; where the calls inside a layer differ in it,
 * further ones have columns of their own, {@code numel(y) #2}.
 */
final class LayersBlock {
  /** What Excel takes as a formula. */
  private static final int LONGEST_FORMULA = 8000;

  private static final int FIRST_QUANTITY = 3;
  private static final int LAST_COLUMN = 16_383;

  private final Worksheet sheet;
  private final Network network;
  private final Runs runs;
  private final List<Convention> conventions;
  private final List<Count> counts = new ArrayList<>();
  private final List<Layer> rows;
  private final Map<String, Integer> quantities = new LinkedHashMap<>();
  private final List<Map<Slot, String>> slots = new ArrayList<>();
  private final int top;

  /** A quantity of one row: calls for which it grows alike share its cell. */
  private record Slot(String text, Line line) {}

  LayersBlock(Worksheet sheet, int top, Network network, Runs runs, List<Convention> conventions) {
    this.sheet = sheet;
    this.top = top;
    this.network = network;
    this.runs = runs;
    this.conventions = conventions;
    this.rows = runs.asked().rows();
    counts.add(Count.arithmetic(runs, Label.MULTIPLICATION));
    counts.add(Count.arithmetic(runs, Label.ADDITION));
    for (int i = 0; i < conventions.size(); i++) {
      counts.add(Count.of(runs, i));
    }
    for (Layer layer : rows) {
      slots.add(slots(layer));
    }
  }

  /** Which cell of its row each quantity of a layer is in, by the cell's column. */
  private Map<Slot, String> slots(Layer layer) {
    Map<Slot, String> taken = new LinkedHashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    for (Count count : counts) {
      if (count.isLive()) {
        for (Count.Part part : count.parts(layer)) {
          SheetFormula.quantities(
              part.expr(),
              quantity -> {
                Slot slot = slot(count, part, quantity);
                if (!taken.containsKey(slot)) {
                  int n = seen.merge(slot.text(), 1, Integer::sum);
                  String name = n == 1 ? slot.text() : slot.text() + " #" + n;
                  taken.put(slot, name);
                  quantities.putIfAbsent(name, quantities.size());
                }
              });
        }
      }
    }
    return taken;
  }

  private static Slot slot(Count count, Count.Part part, Expr quantity) {
    return new Slot(quantity.text(), count.quantity(part, quantity));
  }

  /** The cell that holds the batch. */
  String batchCell() {
    return Cells.fixed(top, 3);
  }

  /** The cell with a convention's total; null where its tool fails. */
  @Nullable String totalCell(int convention) {
    return runs.asked().failed(convention)
        ? null
        : Cells.fixed(lastRow() + 1, firstCount() + 2 + convention);
  }

  /** The row after this block. */
  int end() {
    return lastRow() + 2;
  }

  /** Why a convention's counts are no formulas; empty where they are. */
  String obstacle(int convention) {
    return counts.get(2 + convention).obstacle();
  }

  private int firstRow() {
    return top + 2;
  }

  private int lastRow() {
    return firstRow() + rows.size() + extras() - 1;
  }

  /** Rows for what tools do to their sums at other batches, and not at the one asked for. */
  private int extras() {
    return counts.stream().mapToInt(count -> count.extraAdjustments().size()).sum();
  }

  private int firstCount() {
    return FIRST_QUANTITY + quantities.size();
  }

  /** Writes the block. */
  void write() {
    if (firstCount() + counts.size() > LAST_COLUMN) {
      throw new IllegalArgumentException(
          "%s has more sizes than a sheet has columns; ask for fewer conventions"
              .formatted(network.name()));
    }
    SheetText.text(sheet, top, 0, network.name());
    SheetText.text(sheet, top, 1, runs.shape().toString());
    SheetText.text(sheet, top, 2, runs.batchIsFree() ? "batch" : "batch (no other is taken)");
    SheetText.number(sheet, top, 3, runs.batches()[0]);
    sheet.style(top, 3).bold().fillColor("FFF2CC").set();
    sheet.style(top, 0).bold().set();
    head();
    for (int i = 0; i < rows.size(); i++) {
      row(i);
    }
    int extra = firstRow() + rows.size();
    for (int i = 0; i < counts.size(); i++) {
      for (Count.Adjustment adjustment : counts.get(i).extraAdjustments()) {
        SheetText.text(sheet, extra, 0, "(%s)".formatted(adjustment.label().words()));
        SheetText.text(sheet, extra, 1, "adjustment");
        formula(extra, firstCount() + i, adjustment.line().formula(batchCell()));
        extra++;
      }
    }
    totals();
  }

  private void head() {
    int row = top + 1;
    heading(row, 0, "path");
    heading(row, 1, "type");
    heading(row, 2, "params");
    quantities.forEach((name, index) -> heading(row, FIRST_QUANTITY + index, name));
    heading(row, firstCount(), "multiplies");
    heading(row, firstCount() + 1, "adds");
    for (int i = 0; i < conventions.size(); i++) {
      heading(row, firstCount() + 2 + i, conventions.get(i).about().id());
    }
    for (int i = 0; i < counts.size(); i++) {
      if (!counts.get(i).isLive()) {
        SheetText.text(sheet, top, firstCount() + i, "values: " + counts.get(i).obstacle());
      }
    }
  }

  private void heading(int row, int column, String text) {
    SheetText.text(sheet, row, column, text);
    sheet.style(row, column).bold().horizontalAlignment(column < 2 ? "left" : "right").set();
  }

  private void row(int index) {
    Layer layer = rows.get(index);
    int row = firstRow() + index;
    SheetText.text(sheet, row, 0, layer.path());
    SheetText.text(sheet, row, 1, layer.type());
    Long parameters = layer.parameters();
    if (parameters != null) {
      SheetText.number(sheet, row, 2, parameters);
    }
    slots.get(index).forEach((slot, name) -> quantity(row, slot.line(), name));
    for (int i = 0; i < counts.size(); i++) {
      if (i < 2 || !runs.asked().failed(i - 2)) {
        count(row, index, i);
      }
    }
  }

  private void quantity(int row, Line line, String name) {
    int column = FIRST_QUANTITY + Objects.requireNonNull(quantities.get(name));
    if (line.each() == 0) {
      SheetText.number(sheet, row, column, line.fixed());
    } else {
      formula(row, column, line.formula(batchCell()));
    }
  }

  private void count(int row, int index, int i) {
    Count count = counts.get(i);
    Layer layer = rows.get(index);
    int column = firstCount() + i;
    int adjustment = index - (rows.size() - runs.asked().adjustments().size());
    String formula = count.isLive() ? formula(count, layer, row, index) : "";
    if (count.isLive() && adjustment >= 0) {
      Line line = adjustment(i - 2, adjustment);
      formula = line == null || line.each() == 0 ? "" : line.formula(batchCell());
    }
    if (formula.isEmpty()) {
      SheetText.number(sheet, row, column, value(layer, i));
    } else if (formula.length() > LONGEST_FORMULA) {
      throw new IllegalArgumentException(
          "the formula of %s under %s is longer than a spreadsheet takes"
              .formatted(layer.path(), i < 2 ? "multiplies or adds" : conventions.get(i - 2)));
    } else {
      formula(row, column, formula);
    }
  }

  /** The adjustment of a convention that stands in one of the last rows; null for another's. */
  private @Nullable Line adjustment(int convention, int row) {
    Layers.Adjusted adjusted = runs.asked().adjustments().get(row);
    return adjusted.convention() == convention && adjusted.index() >= 0
        ? counts.get(2 + convention).adjustments().get(adjusted.index()).line()
        : null;
  }

  private static long value(Layer layer, int count) {
    return count == 0 ? layer.multiplies() : count == 1 ? layer.adds() : layer.count(count - 2);
  }

  /** The terms of a layer's count, over the cells of its row; empty where it has none. */
  private String formula(Count count, Layer layer, int row, int index) {
    StringBuilder sum = new StringBuilder();
    for (Count.Part part : count.parts(layer)) {
      String term =
          SheetFormula.of(
              part.expr(),
              quantity -> {
                String name = slots.get(index).get(slot(count, part, quantity));
                return Cells.inColumn(
                    row, FIRST_QUANTITY + Objects.requireNonNull(quantities.get(name)));
              });
      sum.append(sum.length() == 0 ? "" : "+");
      sum.append(part.times() == 1 ? term : part.times() + "*(" + term + ")");
    }
    return sum.toString();
  }

  private void totals() {
    int row = lastRow() + 1;
    heading(row, 0, "total");
    for (int i = 0; i < counts.size(); i++) {
      if (i >= 2 && runs.asked().failed(i - 2)) {
        continue;
      }
      int column = firstCount() + i;
      long total = 0;
      boolean numbers = true;
      for (Layer layer : rows) {
        total = Math.addExact(total, value(layer, i));
        numbers &= SheetText.isExact(value(layer, i));
      }
      if (numbers && SheetText.isExact(total)) {
        formula(
            row,
            column,
            "SUM(%s:%s)".formatted(Cells.free(firstRow(), column), Cells.free(lastRow(), column)));
      } else {
        SheetText.number(sheet, row, column, total);
      }
      sheet.style(row, column).bold().format("#,##0").set();
    }
  }

  private void formula(int row, int column, String formula) {
    sheet.formula(row, column, formula);
    sheet.style(row, column).format("#,##0").set();
  }
}
