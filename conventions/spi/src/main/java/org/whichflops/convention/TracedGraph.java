package org.whichflops.convention;

import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Tensor;

/**
 * The graph that {@code torch.jit}'s tracer makes of a forward pass: the operators as the functions
 * called them, not those that run inside ({@code linear}, not {@code addmm}; {@code matmul}, not
 * {@code bmm}), without those whose results nobody uses.
 *
 * <p>Source: torch 2.6.0, {@code torch/csrc/jit/python/python_tracer.cpp}, {@code
 * createGraphByTracing}, which ends with {@code EliminateDeadCode}. An operator that works in place
 * counts as used: what it wrote into may be.
 */
public final class TracedGraph {
  private final BitSet nodes = new BitSet();

  private final ForwardPass pass;
  private final int structure;

  private TracedGraph(ForwardPass pass) {
    this.pass = pass;
    this.structure = pass.structure();
  }

  /** The graph of what a pass holds now. */
  public static TracedGraph of(ForwardPass pass) {
    TracedGraph graph = new TracedGraph(pass);
    if (pass.size() > 0) {
      Set<Tensor> used = Collections.newSetFromMap(new IdentityHashMap<>());
      Call root = pass.call(0);
      boolean known = reached(pass, root);
      for (int i = 0; i < root.outputCount(); i++) {
        used.add(root.output(i));
      }
      for (int i = pass.size() - 1; i >= 0; i--) {
        Call call = pass.call(i);
        if (isNode(pass, call) && (!known || writes(call) || isUsed(call, used))) {
          graph.nodes.set(i);
          for (int k = 0; k < call.inputCount(); k++) {
            used.add(call.input(k));
          }
        }
      }
    }
    return graph;
  }

  /** Whether an operator made what the root returns; else the record cannot tell what is used. */
  private static boolean reached(ForwardPass pass, Call root) {
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      for (int k = 0; call.callee().kind() == Callee.Kind.OPERATOR && k < call.outputCount(); k++) {
        for (int r = 0; r < root.outputCount(); r++) {
          if (call.output(k) == root.output(r)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean isNode(ForwardPass pass, Call call) {
    return call.callee().kind() == Callee.Kind.OPERATOR
        && (call.parent() < 0 || pass.call(call.parent()).callee().kind() != Callee.Kind.OPERATOR);
  }

  /** Operators that work in place are named with an underscore at the end: {@code aten.add_}. */
  private static boolean writes(Call call) {
    String key = call.callee().key();
    return key.endsWith("_") && !key.endsWith("__");
  }

  private static boolean isUsed(Call call, Set<Tensor> used) {
    for (int i = 0; i < call.outputCount(); i++) {
      if (used.contains(call.output(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a call is a node of the graph. */
  public boolean holds(Call call) {
    return nodes.get(call.index());
  }

  /** Whether this is still so for what a pass holds now. */
  public boolean isOf(ForwardPass other) {
    return pass == other && structure == other.structure();
  }
}
