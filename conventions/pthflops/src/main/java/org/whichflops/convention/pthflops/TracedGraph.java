package org.whichflops.convention.pthflops;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * The nodes that {@code torch.fx.symbolic_trace} makes of a forward pass.
 *
 * <p>Modules of torch.nn are leaves, but nn.Sequential; the root and all others are traced through,
 * down to functions. What happens to buffers alone is computed while tracing and leaves no node.
 */
final class TracedGraph {
  private static final String SWIN = "torchvision.models.swin_transformer.";

  /** What happens in their forward is inside functions that torchvision hides from the tracer. */
  private static final Set<String> WRAPPED =
      Set.of(SWIN + "ShiftedWindowAttention", SWIN + "ShiftedWindowAttentionV2");

  /** ... but for {@code 16 * sigmoid(...)} of the second. */
  private static final String OUTSIDE_OF_WRAPPED = "Tensor.__rmul__";

  private final boolean[] nodes;
  private final boolean[] through;

  TracedGraph(Network network, ForwardPass pass) {
    nodes = new boolean[pass.size()];
    through = new boolean[pass.size()];
    Set<Parameter> parameters = identitySet();
    network.modules().forEach(module -> parameters.addAll(module.parameters().values()));
    Set<Tensor> constants = identitySet();
    for (int i = 0; i < nodes.length; i++) {
      Call call = pass.call(i);
      if (call.parent() >= 0 && !through[call.parent()]) {
        continue;
      }
      if (call.callee() instanceof Module module) {
        nodes[i] = call.parent() >= 0 && isLeaf(module);
        through[i] = !nodes[i];
      } else if (call.callee().kind() == Callee.Kind.FUNCTION
          && !isHidden(pass.call(call.parent()).callee(), call.callee())) {
        nodes[i] = isTraced(call, parameters, constants);
        for (int output = 0; !nodes[i] && output < call.outputCount(); output++) {
          constants.add(call.output(output));
        }
      }
    }
  }

  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** {@code Tracer.is_leaf_module}. */
  private static boolean isLeaf(Module module) {
    return module.key().startsWith("nn.") && !module.type().isA("nn.Sequential");
  }

  private static boolean isHidden(Callee module, Callee function) {
    return WRAPPED.contains(module.key()) && !function.key().equals(OUTSIDE_OF_WRAPPED);
  }

  /** Whether anything given is a proxy: an input, a parameter, or computed from one. */
  private static boolean isTraced(Call call, Set<Parameter> parameters, Set<Tensor> constants) {
    for (int i = 0; i < call.inputCount(); i++) {
      Tensor input = call.input(i);
      Parameter source = input instanceof Parameter own ? own : input.source();
      if (source == null ? !constants.contains(input) : parameters.contains(source)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a call is of a module that the tracer goes into. */
  boolean goesInto(Call call) {
    return through[call.index()];
  }

  /** Whether a call is a node. */
  boolean contains(Call call) {
    return nodes[call.index()];
  }
}
