package org.whichflops.format.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whichflops.format.FormatException;

/** Collects a graph while it is read: names become numbers, and the nodes are put in order. */
final class GraphBuilder {
  /** Exporters write thousands; past this a file is an attack, or no network. */
  static final int MOST_NODES = 2_000_000;

  final Map<String, Integer> names = new HashMap<>();
  final List<Node> nodes = new ArrayList<>();
  final List<Integer> inputs = new ArrayList<>();
  final List<ValueInfo> inputInfos = new ArrayList<>();
  final List<Integer> outputs = new ArrayList<>();
  final List<ValueInfo> outputInfos = new ArrayList<>();
  final List<Integer> initializerValues = new ArrayList<>();
  final List<TensorInfo> initializers = new ArrayList<>();
  final Map<Integer, ValueInfo> infos = new HashMap<>();
  final List<String> free = new ArrayList<>();
  final List<Integer> freeValues = new ArrayList<>();

  private final String file;

  /** The values that are given: inputs and initializers. */
  private final BitSet given = new BitSet();

  /** By value, one more than the index of the node that makes it. */
  private int[] makers = new int[64];

  /** What is read by a node before any made it, each once. */
  private final List<Early> early = new ArrayList<>();

  private final BitSet readEarly = new BitSet();
  private String[] byValue = {};

  /** The value that was named last: most nodes read what the node before them makes. */
  private String last = "";

  private int lastValue = Node.ABSENT;

  /** A value, and the first node that reads it. */
  private record Early(int value, int reader) {}

  GraphBuilder(String file) {
    this.file = file;
  }

  static int[] ints(List<Integer> list) {
    int[] array = new int[list.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = list.get(i);
    }
    return array;
  }

  /** The number of a value's name, {@link Node#ABSENT} for the empty one. */
  int value(String name) {
    if (!name.equals(last)) {
      int next = names.size();
      Integer known = name.isEmpty() ? Integer.valueOf(Node.ABSENT) : names.putIfAbsent(name, next);
      last = name;
      lastValue = known == null ? next : known;
    }
    return lastValue;
  }

  void node(Node node) {
    if (nodes.size() == MOST_NODES) {
      throw new FormatException(file, "", "a graph has more than %d nodes".formatted(MOST_NODES));
    }
    int index = nodes.size();
    nodes.add(node);
    for (Graph graph : node.attributes().graphs()) {
      capture(graph);
    }
    for (int read : reads(node)) {
      if (read != Node.ABSENT && maker(read) < 0 && !readEarly.get(read)) {
        readEarly.set(read);
        early.add(new Early(read, index));
      }
    }
    for (int output : node.outputs()) {
      if (output != Node.ABSENT) {
        if (maker(output) >= 0) {
          throw twice(output, node.place());
        }
        makers = output < makers.length ? makers : Arrays.copyOf(makers, 2 * names.size());
        makers[output] = index + 1;
      }
    }
  }

  /** The node that makes a value, -1 where none does so far. */
  private int maker(int value) {
    return value < makers.length ? makers[value] - 1 : -1;
  }

  /** Says which values of this graph a sub-graph reads. */
  private void capture(Graph graph) {
    int[] outer = new int[graph.free().length];
    for (int i = 0; i < outer.length; i++) {
      outer[i] = value(graph.free()[i]);
    }
    graph.captures(outer);
  }

  void input(ValueInfo info) {
    inputs.add(value(info.name()));
    inputInfos.add(info);
  }

  void output(ValueInfo info) {
    outputs.add(value(info.name()));
    outputInfos.add(info);
  }

  void initializer(TensorInfo tensor) {
    int value = value(tensor.name());
    if (value == Node.ABSENT) {
      throw new FormatException(file, "", "an initializer has no name");
    }
    if (given.get(value)) {
      throw new FormatException(file, "initializer '" + tensor.name() + "'", "it is given twice");
    }
    given.set(value);
    initializerValues.add(value);
    initializers.add(tensor);
  }

  void info(ValueInfo info) {
    int value = value(info.name());
    if (value != Node.ABSENT) {
      infos.put(value, info);
    }
  }

  /**
   * The graph, checked: every value is defined once, and nothing reads what it makes itself.
   *
   * @param outermost whether there is no graph around it to read values of
   */
  Graph build(boolean outermost) {
    dropInputsWithInitializer();
    for (int i = 0; i < inputs.size(); i++) {
      define(inputs.get(i), "input '" + inputInfos.get(i).name() + "'");
    }
    for (int value = given.nextSetBit(0); value >= 0; value = given.nextSetBit(value + 1)) {
      if (maker(value) >= 0) {
        throw twice(value, nodes.get(maker(value)).place());
      }
    }
    if (!readsInOrder(outermost)) {
      sort();
    }
    return new Graph(this);
  }

  /** Old exporters list initializers among the inputs; the file itself gives them. */
  private void dropInputsWithInitializer() {
    inputInfos.removeIf(info -> info.name().isEmpty() || given.get(value(info.name())));
    inputs.removeIf(value -> value == Node.ABSENT || given.get(value));
  }

  private void define(int value, String place) {
    if (value == Node.ABSENT) {
      throw new FormatException(file, place, "it has no name");
    }
    if (given.get(value)) {
      throw twice(value, place);
    }
    given.set(value);
  }

  private FormatException twice(int value, String place) {
    return new FormatException(
        file, place, "it defines '%s', which is defined before".formatted(name(value)));
  }

  private String name(int value) {
    if (byValue.length < names.size()) {
      byValue = new String[names.size()];
      names.forEach((name, number) -> byValue[number] = name);
    }
    return value == Node.ABSENT ? "" : byValue[value];
  }

  /** Finds what the graph reads and does not define; says whether its nodes can run in order. */
  private boolean readsInOrder(boolean outermost) {
    boolean ordered = true;
    for (Early one : early) {
      boolean made = maker(one.value) >= 0;
      ordered &= !made;
      if (!made && !given.get(one.value)) {
        note(one.value, nodes.get(one.reader).place(), outermost);
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      int output = outputs.get(i);
      if (output == Node.ABSENT
          || (maker(output) < 0 && !given.get(output) && !readEarly.get(output))) {
        note(output, "output '" + outputInfos.get(i).name() + "'", outermost);
      }
    }
    return ordered;
  }

  private void note(int value, String place, boolean outermost) {
    if (outermost || value == Node.ABSENT) {
      throw new FormatException(
          file,
          place,
          "it reads '%s', which no input, initializer or node defines".formatted(name(value)));
    }
    free.add(name(value));
    freeValues.add(value);
  }

  private static int[] reads(Node node) {
    int[] reads = node.inputs();
    for (Graph graph : node.attributes().graphs()) {
      int[] captured = graph.captured();
      int length = reads.length;
      reads = Arrays.copyOf(reads, length + captured.length);
      System.arraycopy(captured, 0, reads, length, captured.length);
    }
    return reads;
  }

  /** Takes a node as soon as all that it reads is made; what is left over reads itself. */
  private void sort() {
    int size = nodes.size();
    int[] missing = new int[size];
    int[] first = new int[size + 1];
    for (int i = 0; i < size; i++) {
      for (int read : reads(nodes.get(i))) {
        if (read != Node.ABSENT && maker(read) >= 0) {
          missing[i]++;
          first[maker(read) + 1]++;
        }
      }
    }
    for (int i = 0; i < size; i++) {
      first[i + 1] += first[i];
    }
    int[] readers = new int[first[size]];
    int[] next = Arrays.copyOf(first, size);
    for (int i = 0; i < size; i++) {
      for (int read : reads(nodes.get(i))) {
        if (read != Node.ABSENT && maker(read) >= 0) {
          readers[next[maker(read)]++] = i;
        }
      }
    }
    ArrayDeque<Integer> ready = new ArrayDeque<>();
    for (int i = 0; i < size; i++) {
      if (missing[i] == 0) {
        ready.add(i);
      }
    }
    List<Node> sorted = new ArrayList<>(size);
    while (!ready.isEmpty()) {
      int i = ready.remove();
      sorted.add(nodes.get(i));
      for (int r = first[i]; r < first[i + 1]; r++) {
        if (--missing[readers[r]] == 0) {
          ready.add(readers[r]);
        }
      }
    }
    for (int i = 0; i < size && sorted.size() < size; i++) {
      if (missing[i] > 0) {
        throw new FormatException(
            file, nodes.get(i).place(), "it takes part in a cycle, and a graph has none");
      }
    }
    nodes.clear();
    nodes.addAll(sorted);
  }
}
