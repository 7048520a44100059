package org.whichflops.convention;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * Counts what {@code torch.jit}'s trace of a forward pass holds. A rule for a module or a function
 * says what its Python code puts into the trace beside operators that the pass records.
 */
public class TraceCounter extends RuleCounter {
  private @Nullable TracedGraph graph;

  /** A counter that states the network's parameters, shared ones once. */
  public TraceCounter(Network network, RuleTable rules) {
    super(network, rules);
  }

  /** The trace of what a pass holds now. */
  protected final TracedGraph graph(ForwardPass pass) {
    TracedGraph known = graph;
    if (known == null || !known.isOf(pass)) {
      known = TracedGraph.of(pass);
      graph = known;
    }
    return known;
  }

  @Override
  protected long times(ForwardPass pass, Call call) {
    return call.callee().kind() != Callee.Kind.OPERATOR || graph(pass).holds(call) ? 1 : 0;
  }
}
