package org.whichflops.format.description;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.format.json.Json;

/** One thing under two names. */
final class Ties {
  private Ties() {}

  /** {@code {"head.weight": "embed.weight"}}: one parameter, or module, under two names. */
  static void tie(Module container, String target, Json source) {
    Module to = owner(container, target, source);
    Module from = owner(container, source.text(), source);
    Module child = from.children().get(last(source.text()));
    if (child != null && to instanceof Described described) {
      if (holds(child, to, Collections.newSetFromMap(new IdentityHashMap<>()))) {
        throw source.error("'%s' would hold itself".formatted(target));
      }
      described.attach(last(target), child);
      return;
    }
    Parameter parameter = from.parameters().get(last(source.text()));
    if (parameter == null) {
      throw source.error("%s has no parameter '%s'".formatted(from.type(), last(source.text())));
    }
    try {
      to.share(last(target), parameter);
    } catch (IllegalArgumentException e) {
      throw source.error(String.valueOf(e.getMessage()));
    }
  }

  /** Whether a module is another, or has it somewhere below. */
  private static boolean holds(Module module, Module wanted, Set<Module> seen) {
    boolean found = module == wanted;
    for (Module child : module.children().values()) {
      found |= !found && seen.add(child) && holds(child, wanted, seen);
    }
    return found;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static Module owner(Module container, String path, Json at) {
    Module module = container;
    String[] steps = path.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      Module child = module.children().get(steps[i]);
      if (child == null) {
        throw at.error(
            "%s has no '%s'%s"
                .formatted(
                    module.type(), steps[i], Nearest.hint(steps[i], module.children().keySet())));
      }
      module = child;
    }
    return module;
  }
}
