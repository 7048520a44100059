package org.whichflops.convention.torchstat;

import java.util.HashMap;
import java.util.Map;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Callee;

/**
 * The classes whose {@code __call__} is replaced: those of modules without children, in the order
 * of modules (model_hook.py:96-99, and the same in ceykmc's).
 *
 * <p>A class derived from a replaced one is called through the replacement too. If no leaf has that
 * class, an assertion fails; if one has, but comes later, the replacement calls itself for ever.
 */
final class PatchedClasses {
  /** Each class, and whether it had inherited a replacement before it got its own. */
  private final Map<String, Boolean> inherited = new HashMap<>();

  PatchedClasses(Network network) {
    for (Module module : network.modules()) {
      if (module.children().isEmpty() && !inherited.containsKey(module.key())) {
        inherited.put(module.key(), wraps(module));
      }
    }
  }

  /** Whether a call goes through a replacement. */
  boolean wraps(Callee callee) {
    if (callee instanceof Module module) {
      for (ModuleType type = module.type(); type != null; type = type.base()) {
        if (inherited.containsKey(type.key())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the replacement goes on to call the module, so that {@link #check} does not stop. */
  boolean isWell(Callee callee) {
    return Boolean.FALSE.equals(inherited.get(callee.key()));
  }

  /** Stops where the replacement does before it calls the module. */
  void check(Callee callee) {
    Boolean endless = inherited.get(callee.key());
    if (endless == null) {
      // assert module.__class__ in self._origin_call, model_hook.py:44
      throw new ToolFailureException("AssertionError:");
    }
    if (endless) {
      throw new ToolFailureException("RecursionError: maximum recursion depth exceeded");
    }
  }
}
