package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The nodes of a graph, put back into the calls of modules and functions that made them. */
final class CallTree {
  /** What a module's forward did. */
  sealed interface Item {}

  /** A call of a module. */
  record Call(Program.Frame frame, List<Item> items) implements Item {}

  /** A call of a function: the nodes it fell apart into, at least one. */
  record Group(String function, List<Program.Node> nodes) implements Item {}

  private final Call root = new Call(new Program.Frame("", "", 0), new ArrayList<>());
  private final List<Call> open = new ArrayList<>(List.of(root));

  /** Calls that have ended; as texts, since the first hash code of a record takes 10 ms. */
  private final Set<String> closed = new HashSet<>();

  private final Set<String> torn = new HashSet<>();
  private String rootType = "";
  private String groupKey = "";

  private CallTree() {}

  /** Reads nodes in the order of execution. */
  static CallTree of(List<Program.Node> nodes) {
    CallTree tree = new CallTree();
    for (Program.Node node : nodes) {
      tree.add(node);
    }
    return tree;
  }

  /** The call of the whole network. */
  Call root() {
    return root;
  }

  /** The class of the root, empty where the file does not tell. */
  String rootType() {
    return rootType;
  }

  /** Modules whose nodes are not together, so that their calls cannot be told. */
  Set<String> torn() {
    return torn;
  }

  private void add(Program.Node node) {
    // A node that no module made, such as one a pass of the exporter put in, stays where it is.
    if (!node.stack().isEmpty()) {
      enter(node.stack());
    }
    List<Item> items = open.get(open.size() - 1).items();
    String key = key(node);
    if (!key.isEmpty()
        && key.equals(groupKey)
        && !items.isEmpty()
        && items.get(items.size() - 1) instanceof Group group) {
      group.nodes().add(node);
    } else {
      items.add(new Group(FunctionNames.of(node), new ArrayList<>(List.of(node))));
    }
    groupKey = key;
  }

  private void enter(List<Program.Frame> stack) {
    int depth = 1;
    String around = "";
    for (Program.Frame frame : stack) {
      if (frame.path().isEmpty()) {
        rootType = rootType.isEmpty() ? frame.type() : rootType;
        continue;
      }
      if (frame.path().equals(around)) {
        continue; // a forward that calls its superclass's: strict exports have the module twice
      }
      around = frame.path();
      if (depth < open.size() && !same(open.get(depth).frame(), frame)) {
        close(depth);
      }
      if (depth == open.size()) {
        begin(frame);
      }
      depth++;
    }
    close(depth);
  }

  private static boolean same(Program.Frame a, Program.Frame b) {
    return a.call() == b.call() && a.path().equals(b.path());
  }

  private static String call(Program.Frame frame) {
    return frame.path() + "@" + frame.call();
  }

  private void begin(Program.Frame frame) {
    if (closed.contains(call(frame))) {
      torn.add(frame.path());
    }
    Call call = new Call(frame, new ArrayList<>());
    open.get(open.size() - 1).items().add(call);
    open.add(call);
    groupKey = "";
  }

  private void close(int depth) {
    while (open.size() > depth) {
      closed.add(call(open.remove(open.size() - 1).frame()));
      groupKey = "";
    }
  }

  /** What the nodes of one function call share. */
  private static String key(Program.Node node) {
    return node.function().isEmpty() ? node.source() : node.function();
  }
}
