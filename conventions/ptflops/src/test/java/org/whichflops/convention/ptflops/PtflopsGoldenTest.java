package org.whichflops.convention.ptflops;

import java.util.HashMap;
import java.util.Map;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Tally;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.golden.GoldenConventionTest;

/** Holds the conventions of ptflops against what ptflops returned. */
class PtflopsGoldenTest extends GoldenConventionTest {
  PtflopsGoldenTest() {
    super(
        new PtflopsFamily(),
        "ptflops",
        "ptflops(grad=false)",
        "ptflops-0.7.4",
        "ptflops-0.7.2.2",
        "ptflops-0.7.2.2(grad=false)",
        "ptflops-0.7.1",
        "ptflops-0.7",
        "ptflops-0.7(grad=false)",
        "ptflops-0.6.9",
        "ptflops-0.6.8",
        "ptflops-0.6.7",
        "ptflops-0.6.6",
        "ptflops-0.6.4",
        "ptflops-0.5.2",
        "ptflops-0.4",
        "ptflops-aten",
        "ptflops-aten(grad=false)",
        "ptflops-aten(device=meta)");
  }

  @Override
  protected String request(String id, String variant) {
    return variant.equals("meta_device_no_grad")
        ? id + "(device=meta,grad=false)"
        : super.request(id, variant);
  }

  /**
   * The aten backend keeps what it adds by operator, for the whole and for the outermost modules.
   */
  @Override
  protected Map<String, Map<String, Long>> operators(
      Convention convention, Network network, ForwardPass pass) {
    Map<String, Map<String, Long>> held = new HashMap<>();
    for (Tally.Line line : convention.counter(network).tally(pass).lines()) {
      Call call = pass.call(line.call());
      add(held, "Global", call, line.amount());
      String outermost = network.path(pass, belowRoot(pass, call));
      if (network.root().children().containsKey(outermost)) { // a list of modules is not called
        add(held, outermost, call, line.amount());
      }
    }
    return held;
  }

  private static Call belowRoot(ForwardPass pass, Call call) {
    Call found = call;
    while (found.parent() > 0) {
      found = pass.call(found.parent());
    }
    return found;
  }

  private static void add(
      Map<String, Map<String, Long>> held, String path, Call call, long amount) {
    if (amount != 0) {
      held.computeIfAbsent(path, module -> new HashMap<>())
          .merge(call.callee().key(), amount, Math::addExact);
    }
  }
}
