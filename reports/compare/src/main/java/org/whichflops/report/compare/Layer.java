package org.whichflops.report.compare;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Tally;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/** A row of a table of layers. */
public final class Layer {
  private final String path;
  private final String type;
  private final @Nullable Long parameters;
  private final long[] counts;
  private final List<Integer> calls = new ArrayList<>(1);
  private final List<Counted> lines = new ArrayList<>();
  private @Nullable Shape input;
  private @Nullable Shape output;
  private long multiplies;
  private long adds;

  Layer(String path, String type, @Nullable Long parameters, int conventions) {
    this.path = path;
    this.type = type;
    this.parameters = parameters;
    this.counts = new long[conventions];
  }

  /** A line of a convention's tally that belongs to a row. */
  public record Counted(int convention, Tally.Line line) {}

  /** Notes one call: its shapes, if it is the first, and what its operators execute. */
  void called(ForwardPass pass, Call call) {
    if (output == null) {
      input = call.inputCount() == 0 ? null : call.input(0).shape();
      output = call.outputCount() == 0 ? null : call.output(0).shape();
    }
    for (int i = call.index(); i < call.end(); i++) {
      calls.add(i);
      multiplies = Math.addExact(multiplies, pass.call(i).arithmetic(Label.MULTIPLICATION));
      adds = Math.addExact(adds, pass.call(i).arithmetic(Label.ADDITION));
    }
  }

  void count(int convention, Tally.Line line) {
    lines.add(new Counted(convention, line));
    count(convention, line.amount());
  }

  void count(int convention, long amount) {
    counts[convention] = Math.addExact(counts[convention], amount);
  }

  /** Whether anything is computed here or counted by any convention. */
  boolean worksOrCounts() {
    boolean counted = multiplies != 0 || adds != 0;
    for (long count : counts) {
      counted |= count != 0;
    }
    return counted;
  }

  /** The module's path, the path of a parameter, or a module's path and a function's name. */
  public String path() {
    return path;
  }

  /** The module's class, the function's name, or what else it is. */
  public String type() {
    return type;
  }

  /** The first input of the first call; null where there was none. */
  public @Nullable Shape input() {
    return input;
  }

  /** The first output of the first call; null where there was none. */
  public @Nullable Shape output() {
    return output;
  }

  /** Elements of the parameters that are its own; null for what can have none. */
  public @Nullable Long parameters() {
    return parameters;
  }

  /** Multiplications executed, in all calls. */
  public long multiplies() {
    return multiplies;
  }

  /** Additions executed, in all calls. */
  public long adds() {
    return adds;
  }

  /** The calls made here, as indices into {@link Layers#pass()}. */
  public List<Integer> calls() {
    return List.copyOf(calls);
  }

  /** The lines of the conventions' tallies that add up to their counts. */
  public List<Counted> lines() {
    return List.copyOf(lines);
  }

  /** What a convention adds for this row. */
  public long count(int convention) {
    return counts[convention];
  }
}
