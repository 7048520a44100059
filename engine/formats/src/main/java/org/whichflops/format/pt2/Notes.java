package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file does not tell, for the column {@code note}. */
final class Notes {
  private static final int MOST_NAMED = 5;

  private final List<String> notes = new ArrayList<>();

  /** Looks for what is missing. */
  void look(
      Program program,
      List<Program.Node> nodes,
      CallTree calls,
      ModuleTree tree,
      Values values,
      Stored stored) {
    boolean trains = false;
    boolean modules = false;
    boolean functions = false;
    boolean ambiguous = false;
    for (Program.Node node : nodes) {
      trains |= isTrue(node.argument("training")) || isTrue(node.argument("train"));
      modules |= !node.stack().isEmpty();
      functions |= !node.function().isEmpty() || !node.source().isEmpty();
      ambiguous |= FunctionNames.ambiguous(node);
    }
    if (trains) {
      notes.add("exported in training mode, counted in evaluation as tools do");
    }
    if (!modules) {
      notes.add("the file has no modules");
    } else if (!functions) {
      notes.add("the file has no functions, only modules and operators");
    }
    if (ambiguous) {
      notes.add("x + y and x.add(y) are the same in the file, and taken for x + y");
    }
    if (!calls.torn().isEmpty()) {
      notes.add("the calls of %s cannot be told apart".formatted(named(List.copyOf(calls.torn()))));
    }
    NeverCalled neverCalled = new NeverCalled(program, nodes, tree);
    List<String> used = neverCalled.usedPast(nodes, values);
    if (!used.isEmpty()) {
      notes.add(
          "the file has no calls of modules whose parameters are used: %s".formatted(named(used)));
    }
    List<String> missing = stored.tensors().isEmpty() ? neverCalled.withoutParameters() : List.of();
    if (!missing.isEmpty()) {
      notes.add(
          "parameters that no call uses are not in the file: %s may have some"
              .formatted(named(missing)));
    }
  }

  private static boolean isTrue(@Nullable Argument argument) {
    return argument instanceof Argument.Flag flag && flag.value();
  }

  private static String named(List<String> paths) {
    return paths.size() <= MOST_NAMED
        ? String.join(", ", paths)
        : String.join(", ", paths.subList(0, MOST_NAMED))
            + " and "
            + (paths.size() - MOST_NAMED)
            + " more";
  }

  String text() {
    return String.join("; ", notes);
  }
}
