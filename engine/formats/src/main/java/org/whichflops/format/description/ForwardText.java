package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;

/** The lines of a module's forward, from the calls that it was seen to make. */
final class ForwardText {
  private final Module module;
  private final Sampled call;
  private final Set<Integer> recorded;
  private final List<String> inputs = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /**
   * The forward of a module.
   *
   * @param recorded the calls, by their place in the first run, that are written as recorded
   */
  ForwardText(Module module, Sampled call, Set<Integer> recorded) {
    this.module = module;
    this.call = call;
    this.recorded = recorded;
    for (int i = 0; i < call.first().inputCount(); i++) {
      inputs.add(call.first().inputCount() == 1 ? "x" : "x" + (i + 1));
    }
    write();
  }

  /** The names of the inputs. */
  List<String> inputs() {
    return inputs;
  }

  /** The statements. */
  List<String> lines() {
    return lines;
  }

  /** Whether the forward calls the children in order and does nothing else. */
  boolean inOrder() {
    if (inputs.size() != 1) {
      return false;
    }
    List<Sampled> calls = call.children();
    List<Module> children = List.copyOf(module.children().values());
    boolean inOrder = calls.size() == children.size() && !calls.isEmpty();
    for (int i = 0; inOrder && i < children.size(); i++) {
      Call one = calls.get(i).first();
      inOrder =
          one.callee() == children.get(i)
              && one.inputCount() == 1
              && one.outputCount() == 1
              && one.input(0)
                  == (i == 0 ? call.first().input(0) : calls.get(i - 1).first().output(0));
    }
    return inOrder
        && call.first().outputCount() == 1
        && call.first().output(0) == calls.get(calls.size() - 1).first().output(0);
  }

  private void write() {
    Variables variables = new Variables(module, call, inputs);
    IdentityHashMap<Module, String> paths = new IdentityHashMap<>();
    paths(module, "self", paths);
    for (Sampled step : call.children()) {
      String expression;
      if (step.first().callee() instanceof Module called) {
        expression = moduleCall(step, called, paths, variables);
      } else if (step.first().callee().kind() == Callee.Kind.OPERATOR) {
        throw new ConversionException(
            "%s runs the operator %s itself".formatted(module.type(), step.key()));
      } else {
        FunctionText function = new FunctionText(step, variables, lines);
        boolean asRecorded = recorded.contains(step.first().index());
        String statement = asRecorded ? null : function.statement();
        if (statement != null) {
          lines.add(statement);
          continue;
        }
        expression = asRecorded ? new RecordText(variables, lines).text(step) : function.text();
        if (expression.startsWith("record(") && variables.knows(step, 0)) {
          lines.add(expression);
          continue;
        }
      }
      lines.add(defined(step, variables) + " = " + expression);
    }
    List<String> results = new ArrayList<>();
    for (int i = 0; i < call.first().outputCount(); i++) {
      results.add(variables.output(call, i));
    }
    lines.add("return " + String.join(", ", results));
  }

  private static String defined(Sampled step, Variables variables) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < step.first().outputCount(); i++) {
      names.add(variables.define(step, i));
    }
    if (step.first().callee() instanceof Recurrent layer && layer.returnsCellState()) {
      return "%s, (%s, %s)".formatted(names.toArray());
    }
    boolean list = LISTS.contains(step.key());
    return String.join(", ", names) + (list && names.size() == 1 ? "," : "");
  }

  /** Functions that return a list of tensors, even of one. */
  private static final java.util.Set<String> LISTS =
      java.util.Set.of(
          "Tensor.chunk",
          "torch.chunk",
          "Tensor.split",
          "torch.split",
          "torch.tensor_split",
          "Tensor.unbind",
          "torch.unbind");

  private String moduleCall(
      Sampled step, Module called, IdentityHashMap<Module, String> paths, Variables variables) {
    String path = paths.get(called);
    if (path == null) {
      throw new ConversionException(
          "%s calls a %s that is not below it".formatted(module.type(), called.type()));
    }
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < step.first().inputCount(); i++) {
      arguments.add(variables.input(step, i));
    }
    return path + "(" + String.join(", ", arguments) + ")";
  }

  private static void paths(Module of, String path, IdentityHashMap<Module, String> into) {
    for (Map.Entry<String, Module> child : of.children().entrySet()) {
      String at = Variables.child(path, child.getKey());
      if (into.putIfAbsent(child.getValue(), at) == null) {
        paths(child.getValue(), at, into);
      }
    }
  }

  /** The statements where there are any to write, null where the forward is the children's. */
  @Nullable List<String> statements() {
    return inOrder() ? null : lines;
  }
}
