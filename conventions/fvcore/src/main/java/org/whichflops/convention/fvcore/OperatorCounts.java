package org.whichflops.convention.fvcore;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.whichflops.convention.Counter;
import org.whichflops.convention.Tally;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * {@code by_module_and_operator()} (fvcore/nn/jit_analysis.py:549), in ancestor mode "owner": a
 * node counts for the innermost module that ran and for all on that module's path, whoever called
 * it.
 */
final class OperatorCounts {
  private final Map<String, Map<String, Long>> byPath = new LinkedHashMap<>();
  private final Set<String> real = new HashSet<>();

  private OperatorCounts() {}

  /** The counts of every module, a module without any having an empty map. */
  static OperatorCounts of(Counter counter, Network network, ForwardPass pass) {
    OperatorCounts counts = new OperatorCounts();
    network.modules().forEach(m -> counts.byPath.put(network.path(m), new LinkedHashMap<>()));
    for (Tally.Line line : counter.tally(pass).lines()) {
      Call call = pass.call(line.call());
      if (isReal(call)) {
        counts.real.add(name(call.callee()));
      }
      for (String path : Paths.onTheWayTo(network.path(pass, call))) {
        Map<String, Long> operators = counts.byPath.get(path);
        if (operators != null) {
          operators.merge(name(call.callee()), line.amount(), Math::addExact);
        }
      }
    }
    return counts;
  }

  /** What is read off numpy's report of an einsum is a number in floating point. */
  private static boolean isReal(Call call) {
    return call.callee().key().equals("aten.einsum") && call.attribute(Attribute.NON_LOCAL) == 0;
  }

  /** Whether Python holds the count of an operator in floating point. */
  boolean isReal(String operator) {
    return real.contains(operator);
  }

  /** fvcore's name for what was counted. */
  private static String name(Callee callee) {
    return switch (callee.key()) {
      case "aten.convolution" -> "conv";
      default ->
          callee.kind() == Callee.Kind.OPERATOR
              ? callee.key().substring(callee.key().indexOf('.') + 1)
              : "linear";
    };
  }

  /** By path of the module, then by operator in the order of the first node. */
  Map<String, Map<String, Long>> byPath() {
    return Collections.unmodifiableMap(byPath);
  }

  /** All that was counted in a module and below it. */
  long total(String path) {
    return byPath.getOrDefault(path, Map.of()).values().stream().mapToLong(Long::longValue).sum();
  }
}
