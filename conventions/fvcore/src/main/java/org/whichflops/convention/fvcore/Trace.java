package org.whichflops.convention.fvcore;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.whichflops.convention.RuleTable;
import org.whichflops.convention.TracedGraph;
import org.whichflops.convention.TracedSizes;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * What fvcore says of a trace beside its counts: nodes that it does not know, and modules that it
 * never saw (fvcore/nn/jit_analysis.py:549).
 */
final class Trace {
  private final Network network;
  private final Map<String, Long> unsupported = new LinkedHashMap<>();
  private final Set<String> called = new HashSet<>();

  private Trace(Network network) {
    this.network = network;
  }

  /** What an analysis with handlers for what the rules see says. */
  static Trace of(RuleTable rules, Network network, ForwardPass pass) {
    Trace trace = new Trace(network);
    TracedGraph graph = TracedGraph.of(pass);
    Map<Integer, Map<String, Long>> sizes = new TreeMap<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      trace.placeSizes(pass, call, sizes);
      sizes.getOrDefault(i, Map.of()).forEach(trace::meet);
      if (graph.holds(call)) {
        trace.called.addAll(Paths.onTheWayTo(network.path(pass, call)));
        trace.meetCallers(pass, call);
        if (rules.find(call.callee().key()) == null) {
          NodeNames.of(pass, call).forEach(node -> trace.meet(node, 1L));
        }
      }
    }
    return trace;
  }

  /** Notes where the arithmetic of sizes is met that a call does. */
  private void placeSizes(ForwardPass pass, Call call, Map<Integer, Map<String, Long>> places) {
    for (TracedSizes sizes : TracedSizes.ALL) {
      if (sizes.seen().equals(call.callee().key())) {
        int place = call.index();
        for (int i = call.index(); i < call.end() && !sizes.before().isEmpty(); i++) {
          if (pass.call(i).callee().key().equals(sizes.before())) {
            place = i;
            break;
          }
        }
        places
            .computeIfAbsent(place, p -> new LinkedHashMap<>())
            .merge(NodeNames.node(sizes.operator()), sizes.times(call), Long::sum);
      }
    }
  }

  private void meetCallers(ForwardPass pass, Call call) {
    for (int i = call.parent(); i >= 0; i = pass.call(i).parent()) {
      if (pass.call(i).callee() instanceof Module module) {
        called.add(network.path(module));
      }
    }
  }

  private void meet(String node, long times) {
    if (times > 0 && !NodeNames.isFree(node)) {
      unsupported.merge(node, times, Long::sum);
    }
  }

  /** How often each node was met that fvcore has no handler for and does not hold for free. */
  Map<String, Long> unsupported() {
    return Collections.unmodifiableMap(unsupported);
  }

  /** Whether a module ran anything that the trace holds. */
  boolean isCalled(String path) {
    return called.contains(path);
  }

  /** The modules that ran nothing that the trace holds, in the order of modules. */
  List<String> uncalled() {
    return network.modules().stream().map(network::path).filter(p -> !called.contains(p)).toList();
  }

  /**
   * Whether a module is expected to be called: lists and dictionaries are not, and an identity has
   * nothing that a trace could hold (jit_analysis.py:622).
   */
  static boolean hasForward(Module module) {
    ModuleType type = module.type();
    return !type.isA("nn.ModuleList") && !type.isA("nn.ModuleDict") && !type.isA("nn.Identity");
  }
}
