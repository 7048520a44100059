package org.whichflops.format.description;

import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.format.json.Json;

/** Modules of PyTorch under the name of a class derived from theirs. */
final class Subclass {
  private Subclass() {}

  /** The module as an instance of another class. */
  static Module of(ModuleType type, Module module, Json at) {
    if (!covers(module)) {
      throw at.error("a class derived from %s is not known".formatted(module.type()));
    }
    return of(type, module);
  }

  /**
   * The same of a module that is {@linkplain #covers covered}.
   *
   * @throws IllegalArgumentException for any other
   */
  static Module of(ModuleType type, Module module) {
    if (module instanceof Conv conv) {
      return conv.as(type);
    }
    if (module instanceof Linear linear) {
      return linear.as(type);
    }
    if (module instanceof BatchNorm norm) {
      return norm.as(type);
    }
    if (module instanceof LayerNorm norm) {
      return norm.as(type);
    }
    if (module instanceof GroupNorm norm) {
      return norm.as(type);
    }
    throw new IllegalArgumentException(module.type() + " cannot be derived from");
  }

  /** Whether a class derived from the module's can be written this way. */
  static boolean covers(Module module) {
    return module instanceof Conv
        || module instanceof Linear
        || module instanceof BatchNorm
        || module instanceof LayerNorm
        || module instanceof GroupNorm;
  }
}
