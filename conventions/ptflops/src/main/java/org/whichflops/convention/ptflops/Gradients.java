package org.whichflops.convention.ptflops;

import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * The operator calls whose results have {@code requires_grad}: what they were given has it, or is a
 * parameter that has.
 */
final class Gradients {
  /** Operators whose weight and bias the pass does not record. */
  private static final Set<String> WITH_PARAMETERS =
      Set.of("aten.batch_norm", "aten.layer_norm", "aten.group_norm");

  private final Set<Tensor> results = Collections.newSetFromMap(new IdentityHashMap<>());
  private final BitSet calls = new BitSet();

  Gradients(ForwardPass pass) {
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee().kind() == Callee.Kind.OPERATOR
          && (anyInput(pass, call) || anyParameter(pass, call))) {
        mark(call);
      }
    }
  }

  /** Whether a call's results have gradients. */
  boolean keptFor(Call call) {
    return calls.get(call.index());
  }

  private void mark(Call call) {
    calls.set(call.index());
    for (int k = 0; k < call.outputCount(); k++) {
      results.add(call.output(k));
    }
    if (call.callee().key().endsWith("_")) {
      results.add(call.input(0)); // written into
    }
  }

  private boolean anyInput(ForwardPass pass, Call call) {
    for (int k = 0; k < call.inputCount(); k++) {
      Tensor input = call.input(k);
      Parameter source = input instanceof Parameter parameter ? parameter : input.source();
      if (results.contains(input)
          || (source != null && current(source, module(pass, call)).trainable())) {
        return true;
      }
    }
    return false;
  }

  /** A module that was given another parameter still computes with the one it was made with. */
  private static Parameter current(Parameter used, @Nullable Module module) {
    if (module != null && !module.parameters().containsValue(used)) {
      for (Parameter parameter : module.parameters().values()) {
        if (parameter.shape().equals(used.shape())) {
          return parameter;
        }
      }
    }
    return used;
  }

  private static boolean anyParameter(ForwardPass pass, Call call) {
    Module module = WITH_PARAMETERS.contains(call.callee().key()) ? module(pass, call) : null;
    return module != null && module.parameters().values().stream().anyMatch(Parameter::trainable);
  }

  /** The innermost module that is running. */
  private static @Nullable Module module(ForwardPass pass, Call call) {
    for (int at = call.parent(); at >= 0; at = pass.call(at).parent()) {
      if (pass.call(at).callee() instanceof Module module) {
        return module;
      }
    }
    return null;
  }
}
