package org.whichflops.report.explain;

import java.util.LinkedHashMap;
import java.util.Map;
import org.whichflops.convention.Convention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * One network at one input, as a convention counts it, with what its layers look like.
 *
 * @param name the network and its input
 * @param side what is counted
 * @param looks the size of the output and of the weight of each layer, by its path
 */
public record NetworkSide(String name, Side side, Map<String, Look> looks) {
  /** Sizes of a layer: of its first output, and of its weight, empty where it has none. */
  public record Look(String output, String weight) {}

  /** Counts. */
  public static NetworkSide of(Convention convention, Network network, Shape input) {
    ForwardPass pass = network.forward(convention.mode(), input);
    Side side =
        Side.of(convention.about().id(), network, pass, convention.counter(network).tally(pass));
    Map<String, Look> looks = new LinkedHashMap<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.outputCount() > 0) {
        String path = network.path(pass, call);
        String output = call.output(0).shape().toString();
        org.whichflops.engine.tensor.Tensor weight = call.callee().weight();
        looks.putIfAbsent(path, new Look(output, weight == null ? "" : weight.shape().toString()));
      }
    }
    return new NetworkSide(network.name() + " at " + input, side, looks);
  }
}
