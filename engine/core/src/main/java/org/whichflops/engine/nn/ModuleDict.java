package org.whichflops.engine.nn;

import java.util.Map;

/** {@code nn.ModuleDict}: holds modules under names and is never called. */
public final class ModuleDict extends Module {
  /** The class {@code nn.ModuleDict}. */
  public static final ModuleType TYPE = ModuleType.nn("container", "ModuleDict");

  /** Children under the map's keys, in its order. */
  public ModuleDict(Map<String, ? extends Module> modules) {
    super(TYPE);
    modules.forEach(this::child);
  }
}
