package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tensors go into a call and which come out of it, by who makes and who reads them. */
final class Border {
  private final Values values;
  private final Map<String, Integer> lastRead = new HashMap<>();
  private final IdentityHashMap<Program.Node, Integer> places = new IdentityHashMap<>();

  /** Reads all nodes, in order; what the program returns is read after the last. */
  Border(Values values, List<Program.Node> nodes, List<String> returned) {
    this.values = values;
    for (int i = 0; i < nodes.size(); i++) {
      places.put(nodes.get(i), i);
      for (String input : nodes.get(i).reads()) {
        lastRead.put(input, i);
      }
    }
    for (String output : returned) {
      lastRead.put(output, nodes.size());
    }
  }

  /** Tensors that nodes read and none of them makes, in order of reading. */
  List<String> inputs(List<Program.Node> nodes) {
    Set<String> made = new HashSet<>();
    Set<String> read = new LinkedHashSet<>();
    for (Program.Node node : nodes) {
      for (String input : node.reads()) {
        if (!made.contains(input)) {
          read.add(input);
        }
      }
      made.addAll(node.outputs());
    }
    return new ArrayList<>(read);
  }

  /** The same without parameters and buffers. */
  List<String> givenInputs(List<Program.Node> nodes) {
    return inputs(nodes).stream().filter(name -> !values.owned(name)).toList();
  }

  /**
   * What a call is given. Where all of it are parameters and buffers, as for a layer over a table
   * of positions, it is those that are not the module's own.
   */
  List<String> givenTo(CallTree.Call call, List<Program.Node> nodes) {
    List<String> given = givenInputs(nodes);
    if (!given.isEmpty()) {
      return given;
    }
    String inside = call.frame().path() + ".";
    return ownedInputs(nodes).stream()
        .filter(name -> !values.path(name).startsWith(inside))
        .toList();
  }

  /** Parameters and buffers that nodes read, in order. */
  List<String> ownedInputs(List<Program.Node> nodes) {
    return inputs(nodes).stream().filter(values::owned).toList();
  }

  /** Tensors that nodes make and others read; where nobody does, what the last node makes. */
  List<String> outputs(List<Program.Node> nodes) {
    List<String> read = new ArrayList<>();
    int last = places.getOrDefault(nodes.get(nodes.size() - 1), 0);
    for (Program.Node node : nodes) {
      for (String output : node.outputs()) {
        if (lastRead.getOrDefault(output, -1) > last) {
          read.add(output);
        }
      }
    }
    return read.isEmpty() ? nodes.get(nodes.size() - 1).outputs() : read;
  }

  /** All nodes of a call and of the calls in it. */
  static List<Program.Node> nodes(CallTree.Item item) {
    List<Program.Node> nodes = new ArrayList<>();
    collect(item, nodes);
    return nodes;
  }

  private static void collect(CallTree.Item item, List<Program.Node> nodes) {
    if (item instanceof CallTree.Call call) {
      call.items().forEach(inner -> collect(inner, nodes));
    } else if (item instanceof CallTree.Group group) {
      nodes.addAll(group.nodes());
    }
  }
}
