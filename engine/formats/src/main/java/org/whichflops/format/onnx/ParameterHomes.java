package org.whichflops.format.onnx;

import java.util.List;

/** Gives each parameter to the module that it belongs to, by its name or by who uses it. */
final class ParameterHomes {
  private final ScopeBuilder scopes;

  ParameterHomes(ScopeBuilder scopes) {
    this.scopes = scopes;
  }

  void own(List<Weights.Use> uses, ScopeModule root) {
    for (Weights.Use use : uses) {
      ScopeModule module = scopes.tree().find(scopes.path(use.node()));
      (module == null ? root : module).own(name(use), use.parameter());
    }
  }

  private static String name(Weights.Use use) {
    if (!use.role().isEmpty()) {
      return use.role();
    }
    String name = use.name().substring(use.name().lastIndexOf('.') + 1);
    return name.isEmpty() ? "constant" : name;
  }
}
