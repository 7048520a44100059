package org.whichflops.format.pt2;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Parameter;

/** The modules of a file by their paths: classes from the nodes, parameters from the signature. */
final class ModuleTree {
  /** A module that is still to be made. */
  private static final class Part {
    private final Map<String, Part> children = new LinkedHashMap<>();
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Parameter> buffers = new LinkedHashMap<>();
    private String type = "";
    private @Nullable Module special;
  }

  private static final int MOST_DEEP = 100;

  private final Part root = new Part();
  private final Map<String, Part> parts = new HashMap<>();
  private final Map<String, Module> made = new HashMap<>();

  ModuleTree() {
    parts.put("", root);
  }

  /** Makes a place for a module and for all above it. */
  private Part part(String path) {
    Part known = parts.get(path);
    if (known != null) {
      return known;
    }
    Part parent = root;
    int depth = 0;
    for (int end = path.indexOf('.'); ; end = path.indexOf('.', end + 1)) {
      if (++depth > MOST_DEEP) {
        throw new IllegalArgumentException(
            "a module's path has more than %d parts".formatted(MOST_DEEP));
      }
      String prefix = end < 0 ? path : path.substring(0, end);
      Part part = parts.get(prefix);
      if (part == null) {
        part = new Part();
        parts.put(prefix, part);
        parent.children.put(prefix.substring(prefix.lastIndexOf('.') + 1), part);
      }
      if (end < 0) {
        return part;
      }
      parent = part;
    }
  }

  /** A module that is there, whether it is called or not. */
  void add(String path) {
    part(path);
  }

  /** Sets a module's class; the first stays. */
  void type(String path, String type) {
    Part part = part(path);
    part.type = part.type.isEmpty() ? type : part.type;
  }

  /** Has a module be one of the engine's own, with all below it. */
  void special(String path, Module module) {
    part(path).special = module;
  }

  /** Whether a module owns tensors, or modules that do. */
  boolean owns(String path) {
    return owns(part(path));
  }

  private static boolean owns(Part part) {
    return !part.parameters.isEmpty()
        || !part.buffers.isEmpty()
        || part.children.values().stream().anyMatch(ModuleTree::owns);
  }

  /** Gives a module a parameter, or a buffer. */
  void own(String path, Parameter tensor, boolean parameter) {
    int dot = path.lastIndexOf('.');
    Part part = part(dot < 0 ? "" : path.substring(0, dot));
    (parameter ? part.parameters : part.buffers).put(path.substring(dot + 1), tensor);
  }

  /** The parameters of a module by name. */
  Map<String, Parameter> parameters(String path) {
    return part(path).parameters;
  }

  /** Makes all modules under the root, and puts them there. */
  void makeInto(RootModule module) {
    made.put("", module);
    root.parameters.forEach(module::own);
    root.buffers.forEach(module::keep);
    root.children.forEach((name, child) -> module.add(name, make(name, child)));
  }

  /** The module of a path, once they are made. */
  Module module(String path) {
    Module module = made.get(path);
    if (module == null) {
      throw new IllegalArgumentException(
          "nodes run in '%s', which is no module's path, or part of a layer that runs as a whole"
              .formatted(path));
    }
    return module;
  }

  private Module make(String path, Part part) {
    Module special = part.special;
    if (special != null) {
      share(special, part);
      made.put(path, special);
      return special;
    }
    if (part.type.equals(Sequential.TYPE.qualifiedName())
        && part.parameters.isEmpty()
        && part.buffers.isEmpty()) {
      Sequential sequential = new Sequential();
      part.children.forEach((name, child) -> sequential.add(name, make(path + "." + name, child)));
      made.put(path, sequential);
      return sequential;
    }
    FileModule module = new FileModule(ModuleTypes.of(part.type));
    part.parameters.forEach(module::own);
    part.buffers.forEach(module::keep);
    part.children.forEach((name, child) -> module.add(name, make(path + "." + name, child)));
    made.put(path, module);
    return module;
  }

  private static void share(Module module, Part part) {
    part.parameters.forEach(module::share);
    part.children.forEach(
        (name, child) -> {
          Module below = module.children().get(name);
          if (below != null) {
            share(below, child);
          }
        });
  }
}
