package org.whichflops.report.compare;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Tally;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Parameter;

/**
 * The layers of a network at one input, in the order of its modules: a row for each module that
 * calls no other, for each parameter that a container owns, and for each function that a container
 * calls itself if it computes anything. Every convention's column adds up to its total.
 *
 * <p>A module called several times has one row, with the shapes of its first call. A tool that
 * counts modules, and functions inside them besides, gets rows for those functions, {@code
 * relu/F.relu}, and so does what it does to the sum, such as an average over the batch. A tool that
 * fails has an empty column and a row that says why.
 */
public final class Layers {
  private final Network network;
  private final int conventions;
  private final Layer[] modules;
  private final List<Map<String, Layer>> functions = new ArrayList<>();
  private final List<Layer> adjustments = new ArrayList<>();
  private final BitSet failed = new BitSet();
  private final List<Adjusted> adjusted = new ArrayList<>();
  private final ForwardPass frame;
  private final ForwardPass[] passes;
  private final @Nullable Tally[] tallies;

  /**
   * What one of the last rows is about.
   *
   * @param convention whose tool changes the sum, or fails
   * @param index which adjustment of its tally, -1 where it fails
   */
  public record Adjusted(int convention, int index) {}

  private Layers(Network network, int conventions, ForwardPass frame) {
    this.network = network;
    this.conventions = conventions;
    this.modules = new Layer[network.modules().size()];
    this.frame = frame;
    this.passes = new ForwardPass[conventions];
    this.tallies = new Tally[conventions];
    network.modules().forEach(module -> functions.add(new LinkedHashMap<>()));
  }

  /** Runs the network at an input and has every convention count it. */
  public static Layers of(Network network, Shape input, List<Convention> conventions) {
    ForwardPass frame = network.forward(Mode.DECOMPOSED, input);
    Layers layers = new Layers(network, conventions.size(), frame);
    layers.frame(frame);
    Map<Mode, ForwardPass> passes = new HashMap<>();
    for (int i = 0; i < conventions.size(); i++) {
      Convention convention = conventions.get(i);
      ForwardPass pass =
          passes.computeIfAbsent(convention.mode(), mode -> network.forward(mode, input));
      layers.passes[i] = pass;
      try {
        layers.count(i, pass, convention.counter(network).tally(pass));
      } catch (ToolFailureException e) {
        layers.fails(i, convention, e);
      }
    }
    return layers;
  }

  /** A tool that fails has no counts, and a row that says why. */
  private void fails(int index, Convention convention, ToolFailureException failure) {
    String why = Point.failure(convention.about(), failure);
    failed.set(index);
    adjusted.add(new Adjusted(index, -1));
    if (failed.cardinality() == conventions) {
      throw new NothingCountedException(network.name() + ": " + why);
    }
    String path = "(%s fails)".formatted(convention.about().id());
    adjustments.add(new Layer(path, String.valueOf(failure.getMessage()), null, conventions));
  }

  /** Whether a tool fails on this network, so that it has no counts. */
  public boolean failed(int convention) {
    return failed.get(convention);
  }

  /** Makes a row for everything that computes, and notes what it executes. */
  private void frame(ForwardPass pass) {
    for (Module module : network.modules()) {
      if (module.children().isEmpty()) {
        row(module);
      }
    }
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee() instanceof Module module) {
        if (RowNames.callsNoModule(pass, call)) {
          row(module).called(pass, call);
        }
      } else if (RowNames.isModule(pass, call.parent())
          && !RowNames.callsNoModule(pass, pass.call(call.parent()))) {
        functionRow(pass, call).called(pass, call);
      }
    }
  }

  private void count(int convention, ForwardPass pass, Tally tally) {
    tallies[convention] = tally;
    boolean countsModules =
        tally.lines().stream().anyMatch(line -> RowNames.isModule(pass, line.call()));
    for (Tally.Line line : tally.lines()) {
      if (line.amount() != 0) {
        rowOf(pass, pass.call(line.call()), countsModules).count(convention, line);
      }
    }
    for (Tally.Adjustment adjustment : tally.adjustments()) {
      adjusted.add(new Adjusted(convention, tally.adjustments().indexOf(adjustment)));
      Layer layer =
          new Layer("(%s)".formatted(adjustment.label().words()), "adjustment", null, conventions);
      layer.count(convention, adjustment.amount());
      adjustments.add(layer);
    }
  }

  /** The run that rows, their shapes and their arithmetic come from. */
  public ForwardPass pass() {
    return frame;
  }

  /** The run that a convention counted. */
  public ForwardPass pass(int convention) {
    return passes[convention];
  }

  /** What a convention made of its run; null where its tool fails. */
  public @Nullable Tally tally(int convention) {
    return tallies[convention];
  }

  /**
   * The row that a counted call belongs to.
   *
   * @param countsModules whether the tool counts modules, and functions inside them besides
   */
  private Layer rowOf(ForwardPass pass, Call call, boolean countsModules) {
    if (call.callee() instanceof Module module) {
      return row(module);
    }
    Call outermost = RowNames.outermost(pass, call);
    Call owner = pass.call(outermost.parent());
    if (!RowNames.callsNoModule(pass, owner)) {
      return functionRow(pass, outermost);
    }
    return countsModules ? functionRow(pass, call) : row((Module) owner.callee());
  }

  private Layer row(Module module) {
    Layer known = modules[module.index()];
    if (known != null) {
      return known;
    }
    long parameters = 0;
    for (Parameter parameter : module.parameters().values()) {
      parameters += parameter.numel();
    }
    Layer layer = new Layer(network.path(module), module.type().name(), parameters, conventions);
    modules[module.index()] = layer;
    return layer;
  }

  /** The row of a function inside a module: the module's path, the name, and #2 for a second. */
  private Layer functionRow(ForwardPass pass, Call call) {
    Module module = RowNames.owner(pass, call);
    String name = RowNames.function(pass, call);
    return functions
        .get(module.index())
        .computeIfAbsent(
            name,
            n ->
                new Layer(
                    RowNames.path(network, module, n), call.callee().key(), null, conventions));
  }

  /** What the last rows are about: adjustments, and tools that fail. */
  public List<Adjusted> adjustments() {
    return List.copyOf(adjusted);
  }

  /** The rows in the order of modules: own parameters, the module, its children, its functions. */
  public List<Layer> rows() {
    List<Layer> rows = new ArrayList<>();
    collect(network.root(), rows, new HashSet<>());
    rows.addAll(adjustments);
    return rows;
  }

  private void collect(Module module, List<Layer> rows, Set<Module> seen) {
    if (!seen.add(module)) {
      return;
    }
    Layer own = modules[module.index()];
    if (own != null) {
      rows.add(own);
    } else {
      module
          .parameters()
          .forEach((name, parameter) -> rows.add(parameterRow(module, name, parameter)));
    }
    for (Module child : module.children().values()) {
      collect(child, rows, seen);
    }
    for (Layer function : functions.get(module.index()).values()) {
      if (function.worksOrCounts()) {
        rows.add(function);
      }
    }
  }

  private Layer parameterRow(Module module, String name, Parameter parameter) {
    String path = network.path(module);
    return new Layer(
        path.isEmpty() ? name : path + "." + name, "Parameter", parameter.numel(), conventions);
  }
}
