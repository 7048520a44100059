package org.whichflops.convention.torchflopcounter;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;

/**
 * The names that {@code torch.utils.module_tracker.ModuleTracker} gives to modules: the first one's
 * class, then the path from it. A module under two parents is named by the later one, its children
 * by the earlier (module_tracker.py:89).
 */
final class TrackedNames {
  /** The name of what is not inside any module, and of everything. */
  static final String GLOBAL = "Global";

  private final IdentityHashMap<Module, String> known = new IdentityHashMap<>();
  private final Set<Module> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The name of a module, which is from now on also that of its children's. */
  String of(Module module) {
    String name = known.computeIfAbsent(module, m -> m.type().name());
    if (!seen.contains(module)) {
      Set<Module> named = Collections.newSetFromMap(new IdentityHashMap<>());
      module
          .children()
          .forEach(
              (childName, child) -> {
                if (named.add(child)) {
                  known.put(child, name + "." + childName);
                  of(child);
                }
              });
      seen.add(module);
    }
    return name;
  }

  /** The names of the modules that run while a call is made, and {@link #GLOBAL}. */
  Set<String> around(ForwardPass pass, Call call) {
    Set<String> names = new LinkedHashSet<>();
    names.add(GLOBAL);
    for (int i = call.parent(); i >= 0; i = pass.call(i).parent()) {
      if (pass.call(i).callee() instanceof Module module) {
        names.add(of(module));
      }
    }
    return names;
  }
}
