package org.whichflops.convention.fvcore;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Parameter;

/**
 * {@code parameter_count(model)} (fvcore/nn/parameter_count.py:12): the elements of every parameter
 * and of every module that has any below it, by path, the root's being empty. A shared parameter is
 * the first module's.
 */
final class ParameterCounts {
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();

  ParameterCounts(Network network) {
    Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Module module : network.modules()) {
      String path = network.path(module);
      module
          .parameters()
          .forEach(
              (name, parameter) -> {
                if (seen.add(parameter)) {
                  add(path.isEmpty() ? name : path + "." + name, parameter);
                }
              });
    }
  }

  private void add(String path, Parameter parameter) {
    for (String above : Paths.onTheWayTo(path)) {
      counts.merge(above, parameter.numel(), Math::addExact);
    }
    shapes.put(path, parameter.shape());
  }

  /** Elements by path, in the order of parameters. */
  Map<String, Long> counts() {
    return Collections.unmodifiableMap(counts);
  }

  /** The shapes of parameters by path. */
  Map<String, Shape> shapes() {
    return Collections.unmodifiableMap(shapes);
  }
}
