package org.whichflops.report.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.About;
import org.whichflops.convention.Convention;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.Counter;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Course;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * One network at one input: the counts of every convention, or why there are none.
 *
 * <p>A point is used again for the next input of its network, so that a sweep allocates nothing for
 * a count.
 */
public final class Point {
  /** The value of a convention that has none here; {@link #note} says why. */
  public static final long NONE = Long.MIN_VALUE;

  private static final int NO_PASS = -1;

  private final Network network;
  private final List<Convention> conventions;
  private final Counter[] counters;
  private final ForwardPass[] passes;
  private final int[] passOf;
  private final long parameters;
  private final long[] values;
  private final ForwardPass[] countedIn;

  /** What the conventions state of parameters, where this is a copy; else it is asked for. */
  private final long @Nullable [] kept;

  /** What was taken from a law instead of being counted. */
  private final boolean[] said;

  private @Nullable BatchLaw law;
  private final boolean[] ran;
  private boolean leavesOutParameters;

  private final @Nullable String[] notes;
  private long batch;
  private long height;
  private long width;
  private boolean counted;
  private Shape shape;

  /**
   * A point of one network.
   *
   * @param running a pass for each mode, which is run over and over; made where there is none
   */
  public Point(Network network, List<Convention> conventions, Map<Mode, ForwardPass> running) {
    this.network = network;
    this.shape = network.input().shape();
    this.conventions = conventions;
    int n = conventions.size();
    counters = new Counter[n];
    passOf = new int[n];
    values = new long[n];
    countedIn = new ForwardPass[n];
    notes = new String[n];
    parameters = network.parameters();
    Map<Mode, Integer> modes = new HashMap<>();
    List<ForwardPass> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      counters[i] = conventions.get(i).counter(network);
      Mode mode = conventions.get(i).mode();
      Integer known = modes.putIfAbsent(mode, all.size());
      if (known == null) {
        ForwardPass pass = running.get(mode);
        if (pass == null) {
          pass = new ForwardPass(mode);
          running.put(mode, pass);
        }
        all.add(pass);
      }
      passOf[i] = known == null ? all.size() - 1 : known;
    }
    passes = all.toArray(new ForwardPass[0]);
    ran = new boolean[passes.length];
    said = new boolean[n];
    kept = null;
  }

  private Point(Point other) {
    network = other.network;
    conventions = other.conventions;
    counters = other.counters;
    passes = other.passes;
    passOf = other.passOf;
    parameters = other.parameters;
    values = other.values.clone();
    countedIn = other.countedIn;
    said = new boolean[values.length];
    ran = other.ran;
    leavesOutParameters = other.leavesOutParameters;
    kept = new long[values.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = other.statedParameters(i);
    }
    notes = other.notes.clone();
    batch = other.batch;
    height = other.height;
    width = other.width;
    counted = other.counted;
    shape = other.shape;
  }

  /** What it holds now, which stays when this goes on to the next input. */
  Point copy() {
    return new Point(this);
  }

  /**
   * Runs the network at an input, and has every convention count it.
   *
   * @param resolution null for the network's own
   */
  public void count(long batch, @Nullable Resolution resolution) {
    count(batch, resolution, null);
  }

  /** The same, but what a law says is taken from it; the network runs for the rest, if any. */
  void count(long batch, @Nullable Resolution resolution, @Nullable BatchLaw law) {
    place(batch, resolution);
    try {
      shape = Sweep.input(network, batch, resolution);
      this.law = law;
      if (law != null && law.saysAll(batch)) {
        take(law);
        return;
      }
      Arrays.fill(ran, false);
      int first = NO_PASS;
      for (int i = 0; i < counters.length; i++) {
        said[i] = law != null && law.says(i, batch);
        if (law != null && said[i]) {
          values[i] = law.value(i, batch);
          notes[i] = law.note(i);
          counted |= values[i] != NONE;
          continue;
        }
        // A network that calls the same in every mode is run once.
        int pass = first != NO_PASS && !passes[first].modeMatters() ? first : passOf[i];
        if (!ran[pass]) {
          network.forward(passes[pass], shape);
          ran[pass] = true;
          first = first == NO_PASS ? pass : first;
        }
        count(i, passes[pass]);
      }
    } catch (ShapeException | IllegalArgumentException e) {
      Arrays.fill(values, NONE);
      Arrays.fill(notes, e.getMessage());
      counted = false;
    }
  }

  private void take(BatchLaw law) {
    for (int i = 0; i < values.length; i++) {
      values[i] = law.value(i, batch);
    }
    System.arraycopy(law.first().notes, 0, notes, 0, notes.length);
    Arrays.fill(said, true);
    counted = true;
  }

  private void place(long batch, @Nullable Resolution resolution) {
    InputSize input = network.input();
    this.batch = batch;
    height = resolution == null ? input.height() : resolution.height();
    width = resolution == null ? input.width() : resolution.width();
    counted = false;
    law = null;
  }

  /**
   * What the network called when it was counted last: while this stays, the same modules, functions
   * and operators on the same tensors, at whatever sizes.
   */
  List<Integer> structure() {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < passes.length; i++) {
      all.add(ran[i] ? passes[i].structure() : NO_PASS);
    }
    return all;
  }

  private void count(int i, ForwardPass pass) {
    try {
      values[i] = counters[i].total(pass);
      countedIn[i] = pass;
      notes[i] = network.note().isEmpty() ? null : network.note();
      counted = true;
    } catch (ToolFailureException e) {
      values[i] = NONE;
      notes[i] = failure(conventions.get(i).about(), e);
    } catch (CountOverflowException e) {
      values[i] = NONE;
      notes[i] = e.getMessage();
    } catch (UnknownQuantityException e) {
      values[i] = NONE;
      notes[i] = "%s: %s".formatted(conventions.get(i).about().id(), e.getMessage());
    }
  }

  /** A tool fails; a formula does not apply. */
  static String failure(About about, ToolFailureException e) {
    return about.tool().equals(About.FORMULA)
        ? "%s does not apply: %s".formatted(about.id(), e.getMessage())
        : "%s fails: %s".formatted(about.tool(), e.getMessage());
  }

  /** Keeps what this run holds, for {@link #course(int, long)}. */
  void keep() {
    for (int i = 0; i < counters.length; i++) {
      if (values[i] != NONE) {
        counters[i].keep(countedIn[i]);
      }
    }
  }

  /** How a convention's count depends on the batch; compared with the run kept last. */
  Course course(int convention, long keptBatch) {
    return counters[convention].course(countedIn[convention], keptBatch, batch);
  }

  /** How much a convention's count grows with each image more, from this run alone. */
  long slope(int convention) {
    return counters[convention].slope(countedIn[convention]);
  }

  /** Says that nobody asks for {@link #statedParameters}. */
  void leaveOutParameters() {
    leavesOutParameters = true;
  }

  /** Says that the network is to be counted at many inputs. */
  void expectManyInputs() {
    for (ForwardPass pass : passes) {
      pass.expectManyInputs();
    }
  }

  /** What was counted. */
  public Network network() {
    return network;
  }

  /** The input; where it could not run, whatever was last. */
  public Shape input() {
    return shape;
  }

  /** The batch. */
  public long batch() {
    return batch;
  }

  /** The height, 0 where the input has none. */
  public long height() {
    return height;
  }

  /** The width, 0 where the input has none. */
  public long width() {
    return width;
  }

  /** The network's parameters, shared ones once. */
  public long parameters() {
    return parameters;
  }

  /** The conventions, in the order of their values. */
  public List<Convention> conventions() {
    return conventions;
  }

  /** A convention's total, or {@link #NONE}. */
  public long value(int convention) {
    return values[convention];
  }

  /** The parameters a convention states, or {@link Counter#NO_PARAMETERS}. */
  public long statedParameters(int convention) {
    BatchLaw taken = law;
    if (taken != null && said[convention]) {
      return taken.parameters(convention);
    }
    if (kept != null) {
      return kept[convention];
    }
    return leavesOutParameters || values[convention] == NONE
        ? Counter.NO_PARAMETERS
        : counters[convention].parameters(countedIn[convention]);
  }

  /**
   * Why a convention has no value, or what the network's source could not tell; null for neither.
   */
  public @Nullable String note(int convention) {
    return notes[convention];
  }

  /** Whether any convention has a value. */
  public boolean counted() {
    return counted;
  }
}
