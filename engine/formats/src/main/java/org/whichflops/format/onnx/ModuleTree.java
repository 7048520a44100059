package org.whichflops.format.onnx;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Arguments;

/** The modules by path, each made where it is first called, with those around it. */
final class ModuleTree {
  /** A module whose class the file does not say. */
  static final ModuleType UNKNOWN = ModuleType.of("unknown");

  private static final int DEEPEST = 64;

  private final ScopeModule root;
  private final Map<String, ScopeModule> modules = new HashMap<>();

  ModuleTree(ScopeModule root) {
    this.root = root;
    modules.put("", root);
  }

  @Nullable ScopeModule find(String path) {
    return modules.get(path);
  }

  /** The module at a path, made with the given type where there is none yet. */
  ScopeModule module(String path, ModuleType type, @Nullable Arguments arguments) {
    ScopeModule known = modules.get(path);
    if (known != null) {
      return known;
    }
    int dot = dots(path) > DEEPEST ? -1 : path.lastIndexOf('.');
    ScopeModule parent = dot < 0 ? root : module(path.substring(0, dot), UNKNOWN, null);
    ScopeModule module = new ScopeModule(type, arguments);
    String name = path.substring(dot + 1);
    parent.add(name, module);
    modules.put(path, module);
    return module;
  }

  private static int dots(String path) {
    int dots = 0;
    for (int i = 0; i < path.length(); i++) {
      dots += path.charAt(i) == '.' ? 1 : 0;
    }
    return dots;
  }

  /** The class of a name, unknown for an empty one. */
  static ModuleType type(String qualifiedName) {
    return qualifiedName.isEmpty() ? UNKNOWN : ModuleType.of(qualifiedName);
  }
}
