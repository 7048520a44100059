package org.whichflops.engine.nn;

import java.util.List;

/** {@code nn.ModuleList}: holds modules and is never called. */
public final class ModuleList extends Module {
  /** The class {@code nn.ModuleList}. */
  public static final ModuleType TYPE = ModuleType.nn("container", "ModuleList");

  private final List<Module> modules;

  /** Children named 0, 1, 2 and so on. */
  public ModuleList(List<? extends Module> modules) {
    super(TYPE);
    this.modules = List.copyOf(modules);
    for (int i = 0; i < modules.size(); i++) {
      child(Numbered.name(i), modules.get(i));
    }
  }

  /** The children in order. */
  public List<Module> modules() {
    return modules;
  }
}
