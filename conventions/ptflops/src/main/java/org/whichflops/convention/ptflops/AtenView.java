package org.whichflops.convention.ptflops;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whichflops.convention.Convention;
import org.whichflops.convention.PythonText;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.convention.Tally;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/**
 * What {@code get_model_complexity_info(model, ..., as_strings=False, verbose=True,
 * backend='aten')} prints and returns: a warning for every operator that it does not count, and the
 * sums of the others for the model and for each of its direct children (ptflops/aten_engine.py in
 * 0.7.5).
 */
final class AtenView implements SummaryStyle {
  private final Convention convention;

  AtenView(Convention convention) {
    this.convention = convention;
  }

  @Override
  public String id() {
    return convention.about().id();
  }

  @Override
  public String source() {
    return ("ptflops %s: r = get_model_complexity_info(model, x.shape[1:], as_strings=False, "
            + "verbose=True, backend='aten'), print(r), flops_to_string(r[0]), "
            + "params_to_string(r[1])")
        .formatted(convention.about().version());
  }

  @Override
  public Mode mode() {
    return convention.mode();
  }

  @Override
  public void print(Network network, ForwardPass pass, Appendable out) throws IOException {
    Tally tally = convention.counter(network).tally(pass);
    StringBuilder text = new StringBuilder();
    for (String operator : new DispatchedOperators(pass).all()) {
      if (AtenRules.TABLE.find(operator) == null) {
        text.append("Warning: ").append(operator).append(" operation is treated as a zero-op\n");
      }
    }
    text.append("Total:").append(Quantity.macs(tally.total())).append('\n');
    sums(network, pass, tally)
        .forEach(
            (place, sums) -> {
              text.append("Module:  ").append(PythonText.name(place)).append('\n');
              sums.forEach(
                  (operator, sum) ->
                      text.append(operator).append(": ").append(Quantity.macs(sum)).append('\n'));
              text.append('\n');
            });
    PtflopsStyle.append(
        text, Long.toString(tally.total()), Quantity.macs(tally.total()), tally.parameters());
    out.append(text);
  }

  /** Of each place the sums by operator, both in the order in which they are first counted. */
  private static Map<String, Map<String, Long>> sums(
      Network network, ForwardPass pass, Tally tally) {
    Map<String, Map<String, Long>> sums = new LinkedHashMap<>();
    sums.put("Global", new LinkedHashMap<>());
    for (Tally.Line line : tally.lines()) {
      Call call = pass.call(line.call());
      for (String place : places(network, pass, call)) {
        sums.computeIfAbsent(place, p -> new LinkedHashMap<>())
            .merge(call.callee().key(), line.amount(), Math::addExact);
      }
    }
    return sums;
  }

  /** The model, and its direct children that are running, the outermost first. */
  private static List<String> places(Network network, ForwardPass pass, Call call) {
    List<String> places = new ArrayList<>();
    for (int at = call.parent(); at >= 0; at = pass.call(at).parent()) {
      if (pass.call(at).callee() instanceof Module module) {
        network.root().children().entrySet().stream()
            .filter(child -> child.getValue() == module)
            .findFirst()
            .ifPresent(child -> places.add(0, child.getKey()));
      }
    }
    places.add(0, "Global");
    return places;
  }
}
