package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.format.FormatException;

/** The values of a program: each has a slot in a run, and some are parameters or buffers. */
final class Values {
  private final String file;
  private final Program program;
  private final Map<String, String> firstPaths;
  private final Map<String, Integer> slots;
  private final List<String> names = new ArrayList<>();
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, Parameter> buffers = new LinkedHashMap<>();

  Values(String file, Program program, Stored stored) {
    this.file = file;
    this.program = program;
    this.firstPaths = stored.firstPaths();
    this.slots = new HashMap<>(2 * program.graph().values().size());
    own(program.parameters(), parameters);
    own(program.buffers(), buffers);
    program.inputs().forEach(this::define);
    stored.tensors().forEach(this::addUnused);
  }

  private void own(Map<String, Program.Owned> owned, Map<String, Parameter> byPath) {
    owned.forEach(
        (value, tensor) -> {
          define(value);
          boolean trainable = byPath == parameters && tensor.trainable();
          String first = firstPaths.getOrDefault(tensor.path(), tensor.path());
          Parameter one = byPath.get(first);
          if (one == null || !one.shape().equals(tensor.shape())) {
            one = new Parameter(tensor.shape(), trainable);
          }
          byPath.putIfAbsent(tensor.path(), one);
          byPath.putIfAbsent(first, one);
        });
  }

  /** Adds a parameter that no node uses, and that the program itself therefore leaves out. */
  private void addUnused(String path, Stored.Entry entry) {
    if (entry.parameter() && !parameters.containsKey(path)) {
      String first = firstPaths.getOrDefault(path, path);
      Parameter one = parameters.get(first);
      parameters.put(path, one != null ? one : new Parameter(entry.shape(), entry.trainable()));
    }
  }

  /** Gives a value its slot. */
  void define(String value) {
    if (slots.putIfAbsent(value, slots.size()) != null) {
      throw problem("two values are called '%s'".formatted(value));
    }
    names.add(value);
  }

  /** The name of the value in a slot. */
  String name(int slot) {
    return names.get(slot);
  }

  int count() {
    return slots.size();
  }

  boolean known(String value) {
    return slots.containsKey(value);
  }

  /** The slot of a value that was made before. */
  int slot(String value) {
    Integer slot = slots.get(value);
    if (slot == null) {
      throw problem("the value '%s' is used before anything makes it".formatted(value));
    }
    return slot;
  }

  /** The slots of values that were made before. */
  int[] slots(List<String> names) {
    int[] slots = new int[names.size()];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = slot(names.get(i));
    }
    return slots;
  }

  /** Whether a parameter or buffer comes in under this name. */
  boolean owned(String value) {
    return program.parameters().containsKey(value) || program.buffers().containsKey(value);
  }

  /** The path of the parameter or buffer that comes in under this name. */
  String path(String value) {
    Program.Owned owned = program.parameters().get(value);
    Program.Owned kept = owned != null ? owned : program.buffers().get(value);
    return kept == null ? "" : kept.path();
  }

  /** A value's type and sizes. */
  Program.Value value(String name) {
    Program.Value value = program.graph().values().get(name);
    if (value == null) {
      throw problem("'%s' has no tensor_values".formatted(name));
    }
    return value;
  }

  /** The sizes of a value that depend on nothing, such as a weight's. */
  Shape constant(String name) {
    Program.Value value = value(name);
    if (value.symbolic()) {
      throw problem("the sizes of the weight '%s' depend on the input".formatted(name));
    }
    return value.at(new long[0]);
  }

  /** What a node makes of a value. */
  Run.Output output(String name) {
    Program.Value value = value(name);
    return new Run.Output(name, slot(name), value, value.symbolic() ? null : value.at(new long[0]));
  }

  /** What nodes make of several values. */
  Run.Output[] outputs(List<String> names) {
    Run.Output[] outputs = new Run.Output[names.size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = output(names.get(i));
    }
    return outputs;
  }

  /** Parameters by path, shared ones once. */
  Map<String, Parameter> parameters() {
    return parameters;
  }

  /** Buffers and constants by path. */
  Map<String, Parameter> buffers() {
    return buffers;
  }

  /** The parameter or buffer in every slot that has one. */
  @Nullable Parameter[] inSlots() {
    Parameter[] all = new Parameter[slots.size()];
    program.parameters().forEach((value, o) -> all[slot(value)] = parameters.get(o.path()));
    program.buffers().forEach((value, o) -> all[slot(value)] = buffers.get(o.path()));
    return all;
  }

  FormatException problem(String problem) {
    return new FormatException(file, "", problem);
  }

  FormatException problem(Program.Node node, String problem) {
    return new FormatException(
        file, "node '%s' (%s)".formatted(node.name(), node.target()), problem);
  }
}
