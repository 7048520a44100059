package org.whichflops.format.onnx;

import java.util.List;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.ModuleType;

/** Gives each parameter to the module that it belongs to, by its name or by who uses it. */
final class ParameterHomes {
  private final ScopeBuilder scopes;

  ParameterHomes(ScopeBuilder scopes) {
    this.scopes = scopes;
  }

  void own(List<Weights.Use> uses) {
    for (Weights.Use use : uses) {
      String path = scopes.path(use.node());
      own(use, path.isEmpty() ? around(use.name()) : path);
    }
  }

  /** The innermost module whose path a parameter's own name begins with. */
  private String around(String name) {
    int dot = name.indexOf(':') < 0 && name.indexOf('/') < 0 ? name.lastIndexOf('.') : -1;
    while (dot > 0 && scopes.tree().find(name.substring(0, dot)) == null) {
      dot = name.lastIndexOf('.', dot - 1);
    }
    return dot < 0 ? "" : name.substring(0, dot);
  }

  /** A name below the module's path is of a module in it that is never called by itself. */
  private void own(Weights.Use use, String path) {
    ModuleTree tree = scopes.tree();
    String prefix = path.isEmpty() ? "" : path + ".";
    boolean named = use.name().startsWith(prefix) && use.name().indexOf(':') < 0;
    String rest = named ? use.name().substring(prefix.length()) : "";
    int dot = rest.lastIndexOf('.');
    ScopeModule home = tree.module(path, ModuleTree.UNKNOWN, null);
    if (dot > 0 && !path.isEmpty()) {
      ModuleType type = attention(home) ? Linear.NON_DYNAMICALLY_QUANTIZABLE : ModuleTree.UNKNOWN;
      tree.module(prefix + rest.substring(0, dot), type, null)
          .own(rest.substring(dot + 1), use.parameter());
    } else if (use.role().isEmpty() || attention(home)) {
      home.own(attention(home) ? "in_proj_" + last(use) : last(use), use.parameter());
    } else {
      home.own(use.role(), use.parameter());
    }
  }

  private static boolean attention(ScopeModule module) {
    return module.key().equals("nn.MultiheadAttention");
  }

  private static String last(Weights.Use use) {
    String name =
        use.role().isEmpty() ? use.name().substring(use.name().lastIndexOf('.') + 1) : use.role();
    return name.isEmpty() ? "constant" : name;
  }
}
