package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.FormatException;

/** Makes a network of a program. */
final class NetworkBuilder {
  private static final String RECURRENT = "torch.nn.modules.rnn.";

  private final String file;
  private final Program program;
  private final Stored stored;
  private final Values values;
  private final ModuleTree tree = new ModuleTree();
  private final Notes notes = new Notes();
  private final List<Program.Node> nodes;
  private final CallTree calls;
  private final Border border;
  private final Operators operators;
  private final Groups groups;
  private final SpecialModules special;

  private NetworkBuilder(String file, Program program, Stored stored) {
    this.stored = stored;
    this.file = file;
    this.program = program;
    this.values = new Values(file, program, stored);
    this.nodes = new ArrayList<>(program.graph().nodes());
    nodes.removeIf(node -> !computes(node));
    define();
    this.calls = CallTree.of(nodes);
    this.border = new Border(values, nodes, program.graph().outputs());
    this.operators = new Operators(values);
    this.groups = new Groups(values, operators, border);
    this.special = new SpecialModules(values, border, tree);
  }

  /** A network under the file's name. */
  static Network build(String file, Program program, Stored stored) {
    try {
      return new NetworkBuilder(file, program, stored).network();
    } catch (ShapeException
        | ArithmeticException
        | IllegalArgumentException
        | IllegalStateException
        | IndexOutOfBoundsException e) {
      throw new FormatException(file, "", String.valueOf(e.getMessage()));
    }
  }

  /**
   * Whether a node makes tensors at all, and not only a count: a batch norm in training adds 1 to
   * the number of batches it has seen.
   */
  private boolean computes(Program.Node node) {
    if (node.outputs().isEmpty()) {
      return false;
    }
    Program.Value value = values.value(node.outputs().get(0));
    boolean counter = value.integral() && value.sizes().isEmpty();
    return !(counter && node.operator().startsWith("add"));
  }

  private void define() {
    for (Program.Node node : nodes) {
      for (String input : node.reads()) {
        if (!values.known(input)) {
          throw values.problem(
              node, "it reads '%s', which nothing before it makes".formatted(input));
        }
      }
      node.outputs().forEach(values::define);
    }
    long[] exported = program.symbols().exported();
    program.graph().values().forEach((name, value) -> checkSize(name, value, exported));
  }

  private void checkSize(String name, Program.Value value, long[] exported) {
    try {
      value.at(exported).numel();
    } catch (ArithmeticException | ShapeException e) {
      throw values.problem(
          "'%s' has impossible sizes, or more than 2^63 - 1 numbers".formatted(name));
    }
  }

  private Network network() {
    if (program.inputs().isEmpty()) {
      throw values.problem("the program takes no tensor, so nothing says what it is run on");
    }
    List<List<SizeExpr>> inputs = new ArrayList<>();
    for (String name : program.inputs()) {
      inputs.add(values.value(name).sizes());
    }
    FileInput input = new FileInput(program.symbols(), inputs);
    RootModule root = new RootModule(ModuleTypes.of(calls.rootType()), input);
    program.modules().forEach(path -> tree.add(ArgumentParser.path(path)));
    values.parameters().forEach((path, parameter) -> tree.own(path, parameter, true));
    values.buffers().forEach((path, buffer) -> tree.own(path, buffer, false));
    types(calls.root());
    tree.makeInto(root);
    List<Step> steps = steps(calls.root());
    root.replay(values.slots(program.inputs()), steps, outputs(), values.inSlots());
    notes.look(program, nodes, calls, tree, values, stored);
    Network network = new Network(file, root, input, notes.text(), operators.uncounted());
    network.forward(Mode.DECOMPOSED); // a file whose shapes do not fit together says so now
    return network;
  }

  private void types(CallTree.Call call) {
    for (CallTree.Item item : call.items()) {
      if (item instanceof CallTree.Call inner) {
        tree.type(inner.frame().path(), inner.frame().type());
        types(inner);
        special.consider(inner);
      }
    }
  }

  private List<Step> steps(CallTree.Call call) {
    List<Step> steps = new ArrayList<>();
    for (CallTree.Item item : call.items()) {
      if (item instanceof CallTree.Call inner) {
        steps.add(module(inner));
      } else if (item instanceof CallTree.Group group) {
        steps.add(groups.step(group));
      }
    }
    return steps;
  }

  private Step module(CallTree.Call call) {
    Step own = special.step(call);
    if (own != null) {
      return own;
    }
    List<Program.Node> inside = Border.nodes(call);
    return new ModuleStep(
        tree.module(call.frame().path()),
        values.slots(border.givenTo(call, inside)),
        steps(call),
        values.slots(returned(call, inside)));
  }

  /** A recurrent layer returns its output and its last state, whichever of them is read. */
  private List<String> returned(CallTree.Call call, List<Program.Node> inside) {
    Program.Node last = inside.get(inside.size() - 1);
    return call.frame().type().startsWith(RECURRENT) && Recurrences.gates(last.operator()) > 0
        ? last.outputs()
        : border.outputs(inside);
  }

  private int[] outputs() {
    List<String> made = new ArrayList<>(program.graph().outputs());
    made.removeIf(name -> !values.known(name));
    return values.slots(made);
  }
}
