package org.whichflops.convention.pthflops;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.convention.Rule;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * A node of the traced graph.
 *
 * @param name as torch.fx gives it: {@code layer1_0_relu_1}, {@code add_2}
 * @param operations what pthflops counts for it
 */
record Node(String name, long operations) {
  /** Every node of a network, in the order they run. */
  static List<Node> of(Network network, ForwardPass pass) {
    TracedGraph graph = new TracedGraph(network, pass);
    NodeNames names = new NodeNames();
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (graph.contains(call)) {
        Rule rule = PthflopsCounter.ruleOf(call);
        nodes.add(
            new Node(names.next(network, call), rule == null ? 0 : rule.formula().value(call)));
      }
    }
    return nodes;
  }
}
