package org.whichflops.report.workbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Tally;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.formula.Term;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.report.compare.Layer;
import org.whichflops.report.compare.Layers;

/**
 * A column of counts: for each layer the terms that add up to its count, if formulas over cells can
 * give them at every batch.
 */
final class Count {
  /**
   * A term of a call's formula.
   *
   * @param calls the call at each batch; at another one PyTorch may call others before it
   * @param times how often it is added
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Part(int[] calls, long times, Expr expr) {}

  /** What a tool does to the sum. */
  record Adjustment(Label label, Line line) {}

  private final Runs runs;
  private final List<ForwardPass> passes;
  private final Map<Layer, List<Part>> parts = new HashMap<>();
  private final List<Adjustment> adjustments = new ArrayList<>();
  private Map<Layer, Line> lines = Map.of();
  private int adjustedAtOnce;
  private String obstacle = "";

  private Count(Runs runs, int convention) {
    this.runs = runs;
    this.passes = runs.passes(convention);
  }

  /** What operators execute of one kind. */
  static Count arithmetic(Runs runs, Label kind) {
    Count count = new Count(runs, -1);
    List<Layer> rows = runs.asked().rows();
    for (int row = 0; row < rows.size(); row++) {
      List<List<Integer>> working = new ArrayList<>();
      for (int run = 0; run < runs.layers().size(); run++) {
        List<Layer> others = runs.layers().get(run).rows();
        boolean same = row < others.size() && others.get(row).path().equals(rows.get(row).path());
        working.add(same ? count.working(others.get(row), run) : List.of());
      }
      count.addAll(rows.get(row), working, kind);
    }
    return count.orEven(
        layer -> kind == Label.MULTIPLICATION ? layer.multiplies() : layer.adds(), false);
  }

  /** The calls of a layer that compute, in one of the runs. */
  private List<Integer> working(Layer layer, int run) {
    return layer.calls().stream().filter(index -> operator(run, index) != null).toList();
  }

  /** The operator that is called, if it computes. */
  private @Nullable Operator operator(int run, int call) {
    return passes.get(run).call(call).callee() instanceof Operator operator
            && operator.arithmetic().isPresent()
        ? operator
        : null;
  }

  private void addAll(Layer layer, List<List<Integer>> working, Label kind) {
    for (int i = 0; i < working.get(0).size(); i++) {
      int[] calls = new int[working.size()];
      Operator operator = Objects.requireNonNull(operator(0, working.get(0).get(i)));
      for (int run = 0; run < calls.length; run++) {
        List<Integer> others = working.get(run);
        if (others.size() != working.get(0).size() || operator(run, others.get(i)) != operator) {
          obstacle = "the network computes otherwise at another batch";
          return;
        }
        calls[run] = others.get(i);
      }
      add(layer, calls, 1, operator.arithmetic().orElseThrow(), kind);
    }
  }

  /** What a convention counts. */
  static Count of(Runs runs, int convention) {
    Count count = new Count(runs, convention);
    List<Tally> tallies = new ArrayList<>();
    boolean adjusted = false;
    for (Layers layers : runs.layers()) {
      Tally tally = layers.tally(convention);
      if (tally == null) {
        count.obstacle = "the tool fails here or at another batch";
        return count;
      }
      tallies.add(tally);
      adjusted |= !tally.adjustments().isEmpty();
    }
    if (alike(tallies)) {
      count.add(convention, tallies);
    } else {
      count.obstacle = "what is counted depends on the batch";
    }
    return count.orEven(layer -> layer.count(convention), adjusted);
  }

  private void add(int convention, List<Tally> tallies) {
    IdentityHashMap<Tally.Line, int[]> calls = calls(tallies);
    for (Layer layer : runs.asked().rows()) {
      for (Layer.Counted counted : layer.lines()) {
        if (counted.convention() == convention) {
          Tally.Line line = counted.line();
          int[] at = Objects.requireNonNull(calls.get(line));
          add(layer, at, line.times(), line.rule().formula(), null);
        }
      }
    }
    for (int run = 0; run < tallies.size(); run++) {
      check(run, tallies.get(run));
    }
    adjust(tallies);
  }

  /**
   * Where formulas over sizes cannot give the counts: if each layer's grows evenly with the batch,
   * a formula over that alone can.
   *
   * @param adjusted whether the tool changes the sum, which belongs to no layer
   */
  private Count orEven(ToLongFunction<Layer> amount, boolean adjusted) {
    if (isLive() || adjusted || !runs.batchIsFree()) {
      return this;
    }
    Map<String, long[]> amounts = new HashMap<>();
    for (Layer layer : runs.asked().rows()) {
      amounts.put(layer.path(), new long[runs.batches().length]);
    }
    for (int run = 0; run < runs.batches().length; run++) {
      for (Layer layer : runs.layers().get(run).rows()) {
        long[] known = amounts.get(layer.path());
        if (known != null) {
          known[run] += amount.applyAsLong(layer);
        } else if (amount.applyAsLong(layer) != 0) {
          return this;
        }
      }
    }
    Map<Layer, Line> even = new HashMap<>();
    for (Layer layer : runs.asked().rows()) {
      Line line = Line.through(runs.batches(), Objects.requireNonNull(amounts.get(layer.path())));
      if (line == null || line.at(runs.batches()[0]) != amount.applyAsLong(layer)) {
        return this;
      }
      even.put(layer, line);
    }
    lines = even;
    return this;
  }

  /** The calls of each line in all runs. */
  private static IdentityHashMap<Tally.Line, int[]> calls(List<Tally> tallies) {
    IdentityHashMap<Tally.Line, int[]> calls = new IdentityHashMap<>();
    List<Tally.Line> first = tallies.get(0).lines();
    for (int i = 0; i < first.size(); i++) {
      int[] at = new int[tallies.size()];
      for (int run = 0; run < at.length; run++) {
        at[run] = tallies.get(run).lines().get(i).call();
      }
      calls.put(first.get(i), at);
    }
    return calls;
  }

  /** Whether the same calls are counted by the same rules, and nothing is 0 at one batch only. */
  private static boolean alike(List<Tally> tallies) {
    List<Tally.Line> first = tallies.get(0).lines();
    for (Tally other : tallies) {
      if (other.lines().size() != first.size()) {
        return false;
      }
      for (int i = 0; i < first.size(); i++) {
        Tally.Line a = first.get(i);
        Tally.Line b = other.lines().get(i);
        if (a.times() != b.times()
            || (a.amount() == 0) != (b.amount() == 0)
            || !a.rule().equals(b.rule())) {
          return false;
        }
      }
    }
    return true;
  }

  private void add(Layer layer, int[] calls, long times, Formula formula, @Nullable Label kind) {
    Call call = passes.get(0).call(calls[0]);
    for (Term term : formula.terms()) {
      if (kind != null && term.label() != kind) {
        continue;
      }
      try {
        if (!SheetFormula.isExact(term.expr(), call)) {
          obstacle = "it takes more than 15 digits";
          return;
        }
      } catch (ArithmeticException e) {
        obstacle = "it takes more than 15 digits";
        return;
      }
      SheetFormula.quantities(
          term.expr(),
          quantity -> {
            if (obstacle.isEmpty() && line(calls, quantity) == null) {
              obstacle = "%s does not grow evenly with the batch".formatted(quantity.text());
            }
          });
      parts.computeIfAbsent(layer, l -> new ArrayList<>()).add(new Part(calls, times, term.expr()));
    }
  }

  /** At every batch, since a tool may look at one image only, whatever the batch. */
  private void check(int run, Tally tally) {
    for (Tally.Line line : tally.lines()) {
      long value = line.rule().formula().value(passes.get(run).call(line.call()));
      if (Math.multiplyExact(line.times(), value) != line.amount()) {
        obstacle = "the tool adds up something else than its formulas";
      }
    }
  }

  /** What is done to the sum afterwards: even with the batch, as an average over it is, or not. */
  private void adjust(List<Tally> tallies) {
    int size = tallies.stream().mapToInt(tally -> tally.adjustments().size()).max().orElse(0);
    adjustedAtOnce = tallies.get(0).adjustments().size();
    for (int i = 0; i < size; i++) {
      Label label = Label.ROUNDING;
      long[] amounts = new long[tallies.size()];
      for (int run = 0; run < amounts.length; run++) {
        List<Tally.Adjustment> all = tallies.get(run).adjustments();
        amounts[run] = i < all.size() ? all.get(i).amount() : 0;
        label = i < all.size() ? all.get(i).label() : label;
      }
      Line line = Line.through(runs.batches(), amounts);
      if (line == null) {
        obstacle = "what the tool does to the sum does not grow evenly with the batch";
        return;
      }
      adjustments.add(new Adjustment(label, line));
    }
  }

  /** What formulas cannot give, and why; empty where they give all. */
  String remark() {
    if (isLive()) {
      return "";
    }
    return (lines.isEmpty() ? "values: " : "follows the batch alone: ") + obstacle;
  }

  /** A layer's count over the batch alone; null where it is no such, or formulas give more. */
  @Nullable Line line(Layer layer) {
    return lines.get(layer);
  }

  boolean isLive() {
    return obstacle.isEmpty();
  }

  /** What adds up to a layer's count. */
  List<Part> parts(Layer layer) {
    return parts.getOrDefault(layer, List.of());
  }

  /** What is done to the sum, in order. */
  List<Adjustment> adjustments() {
    return adjustments;
  }

  /** Those that are 0 at the batch asked for, and so have no row there. */
  List<Adjustment> extraAdjustments() {
    return isLive() && adjustments.size() > adjustedAtOnce
        ? adjustments.subList(adjustedAtOnce, adjustments.size())
        : List.of();
  }

  private @Nullable Line line(int[] calls, Expr quantity) {
    return runs.line(passes, calls, quantity);
  }

  /** A quantity of a call, which grows evenly with the batch in a column without an obstacle. */
  Line quantity(Part part, Expr quantity) {
    return Objects.requireNonNull(line(part.calls(), quantity));
  }
}
