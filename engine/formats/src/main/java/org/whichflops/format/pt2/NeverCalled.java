package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Modules that the file names without a node and without a parameter. Some do nothing, like
 * nn.Identity; some were never called, and strict exports leave the parameters of those out. Which
 * is which the file does not tell.
 */
final class NeverCalled {
  private final Program program;
  private final ModuleTree tree;
  private final Set<String> called = new HashSet<>();
  private final Set<String> containers = new HashSet<>();

  NeverCalled(Program program, List<Program.Node> nodes, ModuleTree tree) {
    this.program = program;
    this.tree = tree;
    for (Program.Node node : nodes) {
      for (Program.Frame frame : node.stack()) {
        // With all that it is in, since a ModuleList is never called itself.
        for (String path = frame.path(); called.add(path); path = parent(path)) {}
      }
    }
    for (String path : program.modules()) {
      containers.add(parent(ArgumentParser.path(path)));
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('.')));
  }

  /** The outermost of those modules that have modules in them: nn.Identity has none. */
  List<String> withoutParameters() {
    List<String> found = new ArrayList<>();
    Set<String> looked = new HashSet<>();
    for (String written : program.modules()) {
      String path = ArgumentParser.path(written);
      if (path.isEmpty() || called.contains(path) || !containers.contains(path)) {
        continue;
      }
      boolean inside = looked.contains(parent(path));
      looked.add(path);
      if (!inside && !tree.owns(path)) {
        found.add(path);
      }
    }
    return found;
  }

  /**
   * Modules whose parameters nodes use, and that no node runs in. Where the code called a function,
   * that is as it was; where the file names the module around it only, a call is lost.
   */
  List<String> usedPast(List<Program.Node> nodes, Values values) {
    Set<String> found = new LinkedHashSet<>();
    for (Program.Node node : nodes) {
      if (!FunctionNames.sourceIsModule(node)) {
        continue;
      }
      for (String input : node.reads()) {
        String path = values.owned(input) ? values.path(input) : "";
        String owner = path.substring(0, Math.max(0, path.lastIndexOf('.')));
        if (!owner.isEmpty() && !called.contains(owner) && !partOfAttention(owner)) {
          found.add(owner);
        }
      }
    }
    return new ArrayList<>(found);
  }

  /** The output projection of attention is never called: the attention uses its weight. */
  private boolean partOfAttention(String path) {
    return path.endsWith(".out_proj") && called.contains(path.substring(0, path.lastIndexOf('.')));
  }
}
