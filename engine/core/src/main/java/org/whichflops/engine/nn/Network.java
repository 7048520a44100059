package org.whichflops.engine.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** A root module under a name, with the input it is made for. */
public final class Network {
  private static final int NO_PARENT = -1;

  private final String name;
  private final Module root;
  private final InputSize input;
  private final String note;
  private final List<String> uncounted;
  private final List<Module> modules = new ArrayList<>();
  private final List<Module> containers = new ArrayList<>();

  /** Where each module is come to first: the index of its parent, and its name there. */
  private int[] parents = new int[64];

  private final List<String> names = new ArrayList<>();
  private boolean tree = true;
  private final long parameters;
  private final long trainableParameters;

  /**
   * Numbers the modules under a root, which then belong to this network.
   *
   * @param name what reports call it
   */
  public Network(String name, Module root, InputSize input) {
    this(name, root, input, "", List.of());
  }

  /**
   * Numbers the modules under a root, which then belong to this network.
   *
   * @param name what reports call it
   * @param note what its source could not tell, for the column {@code note}; empty where all is
   *     known
   */
  public Network(String name, Module root, InputSize input, String note) {
    this(name, root, input, note, List.of());
  }

  /**
   * Numbers the modules under a root, which then belong to this network.
   *
   * @param name what reports call it
   * @param note what its source could not tell, for the column {@code note}; empty where all is
   *     known
   * @param uncounted the operations in its source whose arithmetic is not known, each with its
   *     places; the note names them too
   */
  public Network(String name, Module root, InputSize input, String note, List<String> uncounted) {
    this.name = name;
    this.root = root;
    this.input = input;
    this.note = withUncounted(note, uncounted);
    this.uncounted = List.copyOf(uncounted);
    number(root, NO_PARENT, "");
    ParameterCount count = new ParameterCount();
    for (Module module : modules) {
      module.parameters().forEach(count);
    }
    parameters = count.all;
    trainableParameters = count.trainable;
  }

  /** Adds up the elements of parameters, shared ones once. */
  private static final class ParameterCount implements BiConsumer<String, Parameter> {
    private final Set<Parameter> shared = Collections.newSetFromMap(new IdentityHashMap<>());
    private long all;
    private long trainable;

    @Override
    public void accept(String name, Parameter parameter) {
      if (!parameter.isShared() || shared.add(parameter)) {
        all = Math.addExact(all, parameter.numel());
        trainable += parameter.trainable() ? parameter.numel() : 0;
      }
    }
  }

  private static String withUncounted(String note, List<String> uncounted) {
    if (uncounted.isEmpty()) {
      return note;
    }
    String all = "not counted: " + String.join(", ", uncounted);
    return note.isEmpty() ? all : note + "; " + all;
  }

  @SuppressWarnings("ReferenceEquality") // a module belongs to one network, each is numbered once
  private void number(Module module, int parent, String name) {
    int known = module.index();
    if (known >= 0 && known < modules.size() && modules.get(known) == module) {
      tree &= parents[known] == parent;
      return;
    }
    int index = modules.size();
    module.index(index);
    modules.add(module);
    names.add(name);
    if (index == parents.length) {
      parents = Arrays.copyOf(parents, 2 * index);
    }
    parents[index] = parent;
    if (!module.children().isEmpty()) {
      containers.add(module);
      module
          .children()
          .forEach(
              new BiConsumer<>() {
                @Override
                public void accept(String of, Module child) {
                  number(child, index, of);
                }
              });
    }
  }

  /** What reports call it. */
  public String name() {
    return name;
  }

  /** The outermost module. */
  public Module root() {
    return root;
  }

  /** The input it is made for. */
  public InputSize input() {
    return input;
  }

  /** What its source could not tell, in words; empty where all is known. */
  public String note() {
    return note;
  }

  /** The operations that no convention can count, each with its places; the note has them too. */
  public List<String> uncounted() {
    return uncounted;
  }

  /** Every module once, parents before children, in PyTorch's order of {@code modules()}. */
  public List<Module> modules() {
    return Collections.unmodifiableList(modules);
  }

  /** Those of them that have children: there are far fewer. */
  public List<Module> containers() {
    return Collections.unmodifiableList(containers);
  }

  /** A module's path from the root: {@code features.0.conv}; the first, where it has several. */
  public String path(Module module) {
    String path = names.get(module.index());
    for (int at = parents[module.index()]; at > 0; at = parents[at]) {
      path = names.get(at) + "." + path;
    }
    return path;
  }

  /** Whether no module is a child of two, under however many names it stands in one. */
  public boolean isTree() {
    return tree;
  }

  /** The path of the module that a call belongs to: itself, or the one that made it. */
  public String path(ForwardPass pass, Call call) {
    for (Call at = call; ; at = pass.call(at.parent())) {
      if (at.callee() instanceof Module module) {
        return path(module);
      }
      if (at.parent() < 0) {
        return "";
      }
    }
  }

  /** The elements of all parameters, shared ones once. */
  public long parameters() {
    return parameters;
  }

  /** The elements of the parameters that gradients are kept for, shared ones once. */
  public long trainableParameters() {
    return trainableParameters;
  }

  /** The elements of the parameters of a module and all below it, shared ones once. */
  public static long parametersOf(Module module, boolean trainableOnly) {
    if (module.children().isEmpty() && module.parameters().isEmpty()) {
      return 0; // most modules: activations, poolings
    }
    ParameterCount count = new ParameterCount();
    count(module, Collections.newSetFromMap(new IdentityHashMap<>()), count);
    return trainableOnly ? count.trainable : count.all;
  }

  private static void count(Module module, Set<Module> seen, ParameterCount count) {
    if (seen.add(module)) {
      module.parameters().forEach(count);
      for (Module child : module.children().values()) {
        count(child, seen, count);
      }
    }
  }

  /** Runs the network at its own input. */
  public ForwardPass forward(Mode mode) {
    return forward(mode, input.shape());
  }

  /**
   * Runs the network over an input of the given shape.
   *
   * @throws ShapeException where the network cannot take it: the module's path, and why
   */
  public ForwardPass forward(Mode mode, Shape shape) {
    ForwardPass pass = new ForwardPass(mode);
    forward(pass, shape);
    return pass;
  }

  /** The same into a pass that was used before, whose record is overwritten. */
  public void forward(ForwardPass pass, Shape shape) {
    Shape[] shapes = inputs(shape);
    if (pass.repeat(root, shapes)) {
      return;
    }
    pass.clear();
    try {
      Tensor[] inputs = new Tensor[shapes.length];
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = pass.input(shapes[i].sizes());
      }
      root.call(inputs);
      pass.ran(root);
    } catch (ShapeException e) {
      throw e.at(place(pass.runningModule()));
    } catch (ArithmeticException e) {
      throw new ShapeException(
              "a tensor has more than 2^63 - 1 elements or an impossible size at input " + shape)
          .at(place(pass.runningModule()));
    }
  }

  private Shape[] inputs(Shape shape) {
    List<Shape> others = input.others(shape);
    Shape[] inputs = new Shape[1 + others.size()];
    inputs[0] = shape;
    for (int i = 1; i < inputs.length; i++) {
      inputs[i] = others.get(i - 1);
    }
    return inputs;
  }

  private String place(@Nullable Callee callee) {
    if (!(callee instanceof Module module)) {
      return name;
    }
    String path = path(module);
    return path.isEmpty() ? name : path + " (" + module + ")";
  }

  @Override
  public String toString() {
    return name;
  }
}
