package org.whichflops.report.workbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
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

  /** The column of the batch above the layers, and those of their parameters and first size. */
  private static final int BATCH = 3;

  private static final int PARAMS = 4;
  private static final int FIRST_QUANTITY = 5;
  private static final int LAST_COLUMN = 16_383;

  private final Grid sheet;
  private final Network network;
  private final Runs runs;
  private final List<Convention> conventions;
  private final List<Count> counts = new ArrayList<>();
  private final List<Layer> rows;
  private final Map<String, Integer> quantities = new LinkedHashMap<>();
  private final Map<String, String> meanings = new TreeMap<>();
  private final List<Map<Slot, String>> slots = new ArrayList<>();
  private final int top;

  /** A quantity of one row: calls for which it grows alike share its cell. */
  private record Slot(String text, Line line) {}

  LayersBlock(Grid sheet, int top, Network network, Runs runs, List<Convention> conventions) {
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
                  if (quantity instanceof Attribute attribute) {
                    meanings.put(attribute.symbol(), attribute.meaning());
                  }
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

  /** The cell that holds the batch, as other sheets call it. */
  String batchCell() {
    return sheet.name() + "!" + batch();
  }

  private String batch() {
    return Cells.fixed(top, BATCH);
  }

  /** The cell with a convention's total, as other sheets call it; null where its tool fails. */
  @Nullable String totalCell(int convention) {
    return runs.asked().failed(convention)
        ? null
        : sheet.name() + "!" + Cells.fixed(lastRow() + 1, firstCount() + 2 + convention);
  }

  /** What the sizes are that have names of their own. */
  Map<String, String> meanings() {
    return meanings;
  }

  /** The row after this block. */
  int end() {
    return lastRow() + 2;
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

  /**
   * Writes the block.
   *
   * @param leader a block whose batch is this one's too where they are the same; null for none
   */
  void write(@Nullable LayersBlock leader) {
    if (firstCount() + counts.size() > LAST_COLUMN) {
      throw new IllegalArgumentException(
          "%s has more sizes than a sheet has columns; ask for fewer conventions"
              .formatted(network.name()));
    }
    sheet.text(top, 0, network.name(), Look.TITLE);
    sheet.text(top, 1, runs.shape().toString(), Look.PLAIN);
    sheet.text(top, 2, runs.batchIsFree() ? "batch" : "batch (no other is taken)", Look.REMARK);
    long asked = runs.batches()[0];
    if (leader != null
        && leader.runs.batchIsFree()
        && runs.batchIsFree()
        && leader.runs.batches()[0] == asked) {
      sheet.formula(top, BATCH, leader.batch(), asked, Look.INPUT);
    } else {
      sheet.number(top, BATCH, asked, Look.INPUT);
    }
    head();
    for (int i = 0; i < rows.size(); i++) {
      row(i);
    }
    int extra = firstRow() + rows.size();
    for (int i = 0; i < counts.size(); i++) {
      for (Count.Adjustment adjustment : counts.get(i).extraAdjustments()) {
        sheet.text(extra, 0, "(%s)".formatted(adjustment.label().words()), Look.PLAIN);
        sheet.text(extra, 1, "adjustment", Look.PLAIN);
        line(extra, firstCount() + i, adjustment.line());
        extra++;
      }
    }
    totals();
  }

  /** Lets rows be chosen, but for the total. */
  void filter() {
    sheet.filter(top + 1, lastRow(), firstCount() + counts.size());
  }

  private void head() {
    int row = top + 1;
    sheet.text(row, 0, "path", Look.HEAD);
    sheet.text(row, 1, "type", Look.HEAD);
    sheet.text(row, 2, "input_shape", Look.HEAD);
    sheet.text(row, 3, "output_shape", Look.HEAD);
    sheet.text(row, PARAMS, "params", Look.NUMBER_HEAD);
    quantities.forEach(
        (name, index) -> sheet.text(row, FIRST_QUANTITY + index, name, Look.NUMBER_HEAD));
    sheet.text(row, firstCount(), "multiplies", Look.NUMBER_HEAD);
    sheet.text(row, firstCount() + 1, "adds", Look.NUMBER_HEAD);
    for (int i = 0; i < conventions.size(); i++) {
      sheet.text(row, firstCount() + 2 + i, conventions.get(i).about().id(), Look.NUMBER_HEAD);
    }
    for (int i = 0; i < counts.size(); i++) {
      if (!counts.get(i).remark().isEmpty()) {
        sheet.text(top, firstCount() + i, counts.get(i).remark(), Look.REMARK);
      }
    }
  }

  private void row(int index) {
    Layer layer = rows.get(index);
    int row = firstRow() + index;
    sheet.text(row, 0, layer.path(), Look.PLAIN);
    sheet.text(row, 1, layer.type(), Look.PLAIN);
    Long parameters = layer.parameters();
    if (parameters != null) {
      sheet.number(row, PARAMS, parameters, Look.COUNT);
    }
    shape(row, 2, layer.input());
    shape(row, 3, layer.output());
    slots
        .get(index)
        .forEach(
            (slot, name) ->
                line(
                    row,
                    FIRST_QUANTITY + Objects.requireNonNull(quantities.get(name)),
                    slot.line()));
    for (int i = 0; i < counts.size(); i++) {
      if (i < 2 || !runs.asked().failed(i - 2)) {
        count(row, index, i);
      }
    }
  }

  /** A shape at the batch asked for, in words; counts do not refer to it. */
  private void shape(int row, int column, @Nullable Shape shape) {
    if (shape != null) {
      sheet.text(row, column, shape.toString(), Look.PLAIN);
    }
  }

  /** A number that grows with the batch, or does not. */
  private void line(int row, int column, Line line) {
    long value = line.at(runs.batches()[0]);
    if (line.each() == 0) {
      sheet.number(row, column, value, Look.COUNT);
    } else {
      sheet.formula(row, column, line.formula(batch()), value, Look.COUNT);
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
      formula = line == null || line.each() == 0 ? "" : line.formula(batch());
    }
    Line even = count.line(layer);
    if (even != null && adjustment < 0) {
      line(row, column, even);
    } else if (formula.isEmpty()) {
      sheet.number(row, column, value(layer, i), Look.COUNT);
    } else if (formula.length() > LONGEST_FORMULA) {
      throw new IllegalArgumentException(
          "the formula of %s under %s is longer than a spreadsheet takes"
              .formatted(layer.path(), i < 2 ? "multiplies or adds" : conventions.get(i - 2)));
    } else {
      sheet.formula(row, column, formula, value(layer, i), Look.COUNT);
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
    sheet.text(row, 0, "total", Look.HEAD);
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
        String layers = Cells.free(firstRow(), column) + ":" + Cells.free(lastRow(), column);
        sheet.formula(row, column, "SUM(" + layers + ")", total, Look.TOTAL);
      } else {
        sheet.number(row, column, total, Look.TOTAL);
      }
    }
  }
}
