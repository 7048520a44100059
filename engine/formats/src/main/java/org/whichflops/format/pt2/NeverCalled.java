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

  NeverCalled(Program program, List<Program.Node> nodes, ModuleTree tree) {
    this.program = program;
    this.tree = tree;
    for (Program.Node node : nodes) {
      node.stack().forEach(frame -> called.add(frame.path()));
    }
  }

  /** The outermost of those modules that have modules in them: nn.Identity has none. */
  List<String> withoutParameters() {
    List<String> found = new ArrayList<>();
    for (String written : program.modules()) {
      String path = ArgumentParser.path(written);
      boolean inside = found.stream().anyMatch(outer -> path.startsWith(outer + "."));
      if (!path.isEmpty()
          && !inside
          && !called(path)
          && !tree.owns(path)
          && program.modules().stream()
              .anyMatch(other -> ArgumentParser.path(other).startsWith(path + "."))) {
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
      for (String input : new NodeReader(node, values).allTensors()) {
        String path = values.owned(input) ? values.path(input) : "";
        String owner = path.substring(0, Math.max(0, path.lastIndexOf('.')));
        if (!owner.isEmpty() && !called(owner) && !partOfAttention(owner)) {
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

  /** Whether it was called, or anything in it: a ModuleList never is. */
  private boolean called(String path) {
    return called.stream().anyMatch(other -> other.equals(path) || other.startsWith(path + "."));
  }
}
