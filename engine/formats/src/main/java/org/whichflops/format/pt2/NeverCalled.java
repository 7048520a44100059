package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.HashSet;
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

  /** Whether it was called, or anything in it: a ModuleList never is. */
  private boolean called(String path) {
    return called.stream().anyMatch(other -> other.equals(path) || other.startsWith(path + "."));
  }
}
