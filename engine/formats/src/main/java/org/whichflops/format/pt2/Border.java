package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which tensors go into a call and which come out of it, by who makes and who reads them. */
final class Border {
  private static final int NOWHERE = -1;

  private final Values values;
  private final IdentityHashMap<Program.Node, Integer> places = new IdentityHashMap<>();

  /** By the place of a node, the slots of what it reads. */
  private final int[][] reads;

  /** By slot, the place of the node that makes the value. */
  private final int[] made;

  /** By slot, the place of the last node that reads the value. */
  private final int[] lastRead;

  /** Reads all nodes, in order; what the program returns is read after the last. */
  Border(Values values, List<Program.Node> nodes, List<String> returned) {
    this.values = values;
    this.reads = new int[nodes.size()][];
    this.made = new int[values.count()];
    this.lastRead = new int[values.count()];
    Arrays.fill(made, NOWHERE);
    Arrays.fill(lastRead, NOWHERE);
    for (int place = 0; place < reads.length; place++) {
      Program.Node node = nodes.get(place);
      places.put(node, place);
      reads[place] = values.slots(node.reads());
      for (int slot : reads[place]) {
        lastRead[slot] = place;
      }
      for (String output : node.outputs()) {
        made[values.slot(output)] = place;
      }
    }
    for (String output : returned) {
      if (values.known(output)) {
        lastRead[values.slot(output)] = reads.length;
      }
    }
  }

  /** Tensors that nodes, one after the other, read and none of them makes, in order of reading. */
  List<String> inputs(List<Program.Node> nodes) {
    int first = places.getOrDefault(nodes.get(0), 0);
    Set<String> read = new LinkedHashSet<>();
    for (int place = first; place < first + nodes.size(); place++) {
      for (int slot : reads[place]) {
        if (made[slot] < first) {
          read.add(values.name(slot));
        }
      }
    }
    return new ArrayList<>(read);
  }

  /** The same without parameters and buffers. */
  List<String> givenInputs(List<Program.Node> nodes) {
    return inputs(nodes, false);
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
    List<String> owned = ownedInputs(nodes);
    owned.removeIf(name -> values.path(name).startsWith(inside));
    return owned;
  }

  /** Parameters and buffers that nodes read, in order. */
  List<String> ownedInputs(List<Program.Node> nodes) {
    return inputs(nodes, true);
  }

  private List<String> inputs(List<Program.Node> nodes, boolean owned) {
    List<String> inputs = inputs(nodes);
    inputs.removeIf(name -> values.owned(name) != owned);
    return inputs;
  }

  /** Tensors that nodes make and others read; where nobody does, what the last node makes. */
  List<String> outputs(List<Program.Node> nodes) {
    List<String> read = new ArrayList<>();
    int last = places.getOrDefault(nodes.get(nodes.size() - 1), 0);
    for (Program.Node node : nodes) {
      for (String output : node.outputs()) {
        if (lastRead[values.slot(output)] > last) {
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
