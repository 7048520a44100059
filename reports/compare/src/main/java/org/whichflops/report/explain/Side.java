package org.whichflops.report.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Tally;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.formula.Term;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * One convention's count of one network at one input, layer by layer, term by term.
 *
 * @param name what the answer calls it
 * @param total the count
 * @param layers what is counted, by the layer's path
 * @param adjustments what belongs to no layer
 */
public record Side(
    String name, long total, Map<String, Spot> layers, List<Tally.Adjustment> adjustments) {

  /**
   * Counts.
   *
   * @throws org.whichflops.convention.ToolFailureException where the tool fails on the network
   */
  public static Side of(Convention convention, Network network, Shape input) {
    ForwardPass pass = network.forward(convention.mode(), input);
    return of(convention.about().id(), network, pass, convention.counter(network).tally(pass));
  }

  /** The same of a run that has been counted. */
  public static Side of(String name, Network network, ForwardPass pass, Tally tally) {
    Places places = new Places(network, pass);
    Map<String, Spot> layers = new LinkedHashMap<>();
    for (Tally.Line line : tally.lines()) {
      Call call = pass.call(line.call());
      Call layer = places.layer(call);
      Spot spot =
          layers.computeIfAbsent(places.path(layer), path -> new Spot(layer.callee().key()));
      String part = places.part(layer, call);
      for (Term term : line.rule().formula().terms()) {
        Label label = family(term.label());
        if (label != Label.NOTHING) {
          long amount = Math.multiplyExact(line.times(), term.expr().value(call));
          spot.add(part, label, term.expr().text(), amount, amount == 0 ? 0 : line.times());
        }
      }
    }
    return new Side(name, tally.total(), layers, new ArrayList<>(tally.adjustments()));
  }

  /** What the last layer with products counts, all of it; 0 where there is none. */
  public long lastProducts() {
    long last = 0;
    for (Spot spot : layers.values()) {
      Map<Label, Amount> amounts = spot.whole();
      if (amounts.containsKey(Label.MULTIPLY_ACCUMULATE)) {
        last = amounts.values().stream().mapToLong(Amount::sum).sum();
      }
    }
    return last;
  }

  /** Products are products, whether a tool calls them attention or plain multiplications. */
  private static Label family(Label label) {
    return switch (label) {
      case ATTENTION, MULTIPLICATION -> Label.MULTIPLY_ACCUMULATE;
      default -> label;
    };
  }

  /** Which layer a call belongs to, as tables of layers have it. */
  private record Places(Network network, ForwardPass pass) {
    /** The innermost module that calls no other, or the function that a container calls. */
    Call layer(Call call) {
      if (isModule(call.index())) {
        return call;
      }
      Call outermost = call;
      while (!isModule(outermost.parent())) {
        outermost = pass.call(outermost.parent());
      }
      Call owner = pass.call(outermost.parent());
      return callsNoModule(owner) ? owner : outermost;
    }

    String path(Call layer) {
      String path = network.path(pass, layer);
      return isModule(layer.index()) ? path : path + "/" + layer.callee().key();
    }

    /** The function directly inside a layer that a call is part of. */
    String part(Call layer, Call call) {
      if (call == layer) {
        return Spot.WHOLE;
      }
      Call at = call;
      while (at.parent() != layer.index()) {
        at = pass.call(at.parent());
      }
      return at.callee().key();
    }

    private boolean isModule(int index) {
      return index >= 0 && pass.call(index).callee().kind() == Callee.Kind.MODULE;
    }

    private boolean callsNoModule(Call call) {
      for (int i = call.index() + 1; i < call.end(); i++) {
        if (isModule(i)) {
          return false;
        }
      }
      return true;
    }
  }
}
