package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.format.description.Syntax.Kind;

/** Evaluates Python in a module's forward: names are tensors, numbers, children, parameters. */
final class Evaluator {
  private static final Set<String> RESERVED = Set.of("None", "True", "False", "self");
  private static final List<String> FUNCTIONAL = List.of("torch.nn.functional.", "nn.functional.");
  private static final Signature SIZES = Signature.of("*sizes");
  private static final Signature END = Signature.of("end");

  private final @Nullable Module module;
  private final Map<String, @Nullable Object> names;
  private final @Nullable ForwardPass pass;
  private final Brackets brackets = new Brackets(this);

  /**
   * An evaluator.
   *
   * @param module the module whose forward it is, null outside of any
   */
  Evaluator(
      @Nullable Module module, Map<String, @Nullable Object> names, @Nullable ForwardPass pass) {
    this.module = module;
    this.names = names;
    this.pass = pass;
  }

  /** Runs a statement; the value is that of its expression. */
  @Nullable Object statement(Syntax statement) {
    if (statement.kind() == Kind.RETURN) {
      return value(statement.parts().get(0));
    }
    if (statement.kind() != Kind.ASSIGNMENT) {
      return value(statement);
    }
    Syntax target = statement.parts().get(0);
    Object value = value(statement.parts().get(1));
    if (!statement.text().equals("=")) {
      value = Operators.augmented(statement, value(target), value);
    }
    assign(target, value);
    return value;
  }

  private void assign(Syntax target, @Nullable Object value) {
    switch (target.kind()) {
      case NAME -> {
        if (RESERVED.contains(target.text())) {
          throw target.error("nothing can be assigned to " + target.text());
        }
        names.put(target.text(), value);
      }
      case LIST -> {
        if (!(value instanceof List<?> list) || list.size() != target.parts().size()) {
          throw target.error(
              "%d names for %s".formatted(target.parts().size(), Values.text(value)));
        }
        for (int i = 0; i < list.size(); i++) {
          assign(target.parts().get(i), list.get(i));
        }
      }
      case SUBSCRIPT -> {
        Tensor x = tensor(target.parts().get(0));
        Index[] parts = brackets.indices(target);
        if (value instanceof Tensor y) {
          x.assign(y, parts);
        } else {
          x.assign(0, parts);
        }
      }
      default -> throw target.error("nothing can be assigned to this");
    }
  }

  /** The value of an expression. */
  @Nullable Object value(Syntax syntax) {
    return switch (syntax.kind()) {
      case NAME -> name(syntax);
      case NUMBER -> syntax.number();
      case TEXT -> syntax.text();
      case LIST -> {
        List<@Nullable Object> items = new ArrayList<>();
        syntax.parts().forEach(part -> items.add(value(part)));
        yield items;
      }
      case ATTRIBUTE -> attribute(value(syntax.parts().get(0)), syntax);
      case CALL -> call(syntax);
      case SUBSCRIPT -> brackets.value(syntax);
      case NEGATIVE -> {
        Object value = value(syntax.parts().get(0));
        yield value instanceof Tensor x ? x.negated() : Numbers.negative(syntax, value);
      }
      case BINARY -> binary(syntax);
      default -> throw syntax.error("this is not expected here");
    };
  }

  private @Nullable Object name(Syntax syntax) {
    String name = syntax.text();
    switch (name) {
      case "None":
        return null;
      case "True":
        return true;
      case "False":
        return false;
      case "self":
        if (module != null) {
          return module;
        }
        break;
      default:
    }
    Object value = names.get(name);
    if (value != null || names.containsKey(name)) {
      return value;
    }
    Object member = module == null ? null : member(module, name);
    if (member != null) {
      return member;
    }
    List<String> known = new ArrayList<>(names.keySet());
    if (module != null) {
      known.addAll(module.children().keySet());
      known.addAll(module.parameters().keySet());
    }
    throw syntax.error("'%s' is not known here%s".formatted(name, Nearest.hint(name, known)));
  }

  /** A child, parameter or buffer; a parameter becomes a tensor of the pass where it is used. */
  static @Nullable Object member(Module of, String name) {
    Object child = of.children().get(name);
    Object parameter = child == null ? of.parameters().get(name) : child;
    return parameter == null ? of.buffers().get(name) : parameter;
  }

  private static @Nullable Object attribute(@Nullable Object value, Syntax syntax) {
    String name = syntax.text();
    if (value instanceof Tensor x && name.equals("shape")) {
      return sizes(x);
    }
    if (value instanceof Module of) {
      Object member = member(of, name);
      if (member != null) {
        return member;
      }
      throw syntax.error(
          "%s has no '%s'%s"
              .formatted(of.type(), name, Nearest.hint(name, of.children().keySet())));
    }
    throw syntax.error("%s has no '%s'".formatted(Values.text(value), name));
  }

  private static List<@Nullable Object> sizes(Tensor x) {
    List<@Nullable Object> sizes = new ArrayList<>();
    for (int i = 0; i < x.rank(); i++) {
      sizes.add(x.size(i));
    }
    return sizes;
  }

  private @Nullable Object call(Syntax syntax) {
    Syntax function = syntax.parts().get(0);
    Module child = child(function);
    Tensor[] inputs = child == null ? null : inputs(syntax);
    if (child != null && inputs != null) {
      return result(child, child.call(inputs));
    }
    Passed passed = Passed.in(syntax, this);
    String head = function.head();
    if (!head.equals("self") && !names.containsKey(head)) {
      String path = function.path();
      for (String module : FUNCTIONAL) {
        if (path.startsWith(module)) {
          path = "F." + path.substring(module.length());
        }
      }
      Object returned = FunctionTable.call(path, syntax, passed, pass);
      if (returned == null) {
        returned = builtIn(path, syntax, passed);
      }
      if (returned != null) {
        return returned;
      }
    }
    Object owner = function.kind() == Kind.ATTRIBUTE ? owner(function) : null;
    if (owner instanceof Tensor x) {
      return method(x, function.text(), syntax, passed);
    }
    Object callee =
        function.kind() == Kind.ATTRIBUTE ? attribute(owner, function) : value(function);
    if (callee instanceof Module called) {
      return called(called, syntax, passed);
    }
    throw function.error("%s cannot be called".formatted(Values.text(callee)));
  }

  /** The child in {@code self.child}, which is what most statements call; null for all else. */
  private @Nullable Module child(Syntax function) {
    if (module == null || function.kind() != Kind.ATTRIBUTE) {
      return null;
    }
    Syntax of = function.parts().get(0);
    return of.kind() == Kind.NAME && of.text().equals("self")
        ? module.children().get(function.text())
        : null;
  }

  /** The arguments of a call where all are names of tensors of the pass; else null. */
  private Tensor @Nullable [] inputs(Syntax call) {
    Tensor[] inputs = new Tensor[call.parts().size() - 1];
    for (int i = 0; i < inputs.length; i++) {
      Syntax part = call.parts().get(1 + i);
      if (part.kind() == Kind.NAME
          && value(part) instanceof Tensor x
          && !(x instanceof Parameter)) {
        inputs[i] = x;
      } else {
        return null;
      }
    }
    return inputs.length == 0 ? null : inputs;
  }

  /** One tensor or a list of them; an LSTM's state is a list in it, as in Python. */
  private static Object result(Module called, Tensor[] returned) {
    if (called instanceof Recurrent layer && layer.returnsCellState()) {
      return List.of(returned[0], List.of(returned[1], returned[2]));
    }
    return returned.length == 1 ? returned[0] : List.of((Object[]) returned);
  }

  private @Nullable Object owner(Syntax function) {
    Syntax before = function.parts().get(0);
    String head = before.head();
    boolean library = head.equals("F") || head.equals("torch") || head.equals("nn");
    if (library && !names.containsKey(head) && (module == null || member(module, head) == null)) {
      throw function.error(
          "function '%s' is not known%s"
              .formatted(function.path(), Nearest.hint(function.path(), FunctionTable.names())));
    }
    return value(before);
  }

  private @Nullable Object builtIn(String path, Syntax syntax, Passed passed) {
    ForwardPass in = pass;
    if (in == null) {
      return null;
    }
    List<@Nullable Object> positional = passed.positional();
    switch (path) {
      case "len":
        if (positional.size() == 1 && positional.get(0) instanceof List<?> list) {
          return (long) list.size();
        }
        throw syntax.error("len takes one list");
      case "tensor":
        return positional.isEmpty() && passed.named().isEmpty()
            ? in.input()
            : in.input(new Given(syntax, path, passed, SIZES).longs("sizes"));
      case "torch.arange":
        return org.whichflops.engine.tensor.Torch.arange(
            in.input(1), new Given(syntax, path, passed, END).whole("end"));
      case "record":
        return RecordedCall.of(path, syntax, passed).record(in);
      case "function", "operator":
        return RecordedCall.of(path, syntax, passed);
      default:
        return null;
    }
  }

  private Object method(Tensor x, String name, Syntax syntax, Passed passed) {
    List<@Nullable Object> positional = passed.positional();
    if (name.equals("size")) {
      return positional.isEmpty() ? sizes(x) : size(x, syntax, positional.get(0));
    }
    if (name.equals("dim") || name.equals("numel")) {
      return name.equals("dim") ? (Object) (long) x.rank() : (Object) x.numel();
    }
    String function = "Tensor." + name;
    List<@Nullable Object> all = new ArrayList<>(1 + positional.size());
    all.add(x);
    all.addAll(positional);
    Object returned = FunctionTable.call(function, syntax, new Passed(all, passed.named()), pass);
    if (returned == null) {
      throw syntax.error(
          "tensors have no method '%s'%s"
              .formatted(
                  name, Nearest.hint(function, FunctionTable.names()).replace("Tensor.", "")));
    }
    return returned;
  }

  private static long size(Tensor x, Syntax syntax, @Nullable Object dim) {
    if (dim instanceof Long whole && whole < x.rank() && whole >= -x.rank()) {
      return x.size(whole.intValue());
    }
    throw syntax.error("%s of a tensor of %s".formatted(Values.text(dim), x));
  }

  private Object called(Module called, Syntax syntax, Passed passed) {
    List<Tensor> inputs = new ArrayList<>(passed.positional().size());
    for (Object value : passed.positional()) {
      addInput(value, inputs, syntax);
    }
    for (Map.Entry<String, @Nullable Object> entry : passed.named().entrySet()) {
      if (entry.getKey().equals("need_weights")) {
        throw syntax.error(
            "need_weights is said where the module is made: MultiheadAttention(..., need_weights=False)");
      }
      addInput(entry.getValue(), inputs, syntax);
    }
    if (inputs.isEmpty()) {
      throw syntax.error("a module is called with a tensor");
    }
    return result(called, called.call(inputs.toArray(Tensor[]::new)));
  }

  private void addInput(@Nullable Object value, List<Tensor> into, Syntax syntax) {
    if (value instanceof Tensor tensor) {
      into.add(onPass(tensor));
    } else if (value instanceof List<?> list) {
      list.forEach(item -> addInput(item, into, syntax));
    } else if (value != null) {
      throw syntax.error("a module is called with tensors, not " + Values.text(value));
    }
  }

  /** A parameter becomes a tensor of the pass where it is used. */
  Tensor onPass(Tensor tensor) {
    if (tensor instanceof Parameter parameter && pass != null) {
      return pass.input(parameter.shape().sizes());
    }
    return tensor;
  }

  private Tensor tensor(Syntax syntax) {
    Object value = value(syntax);
    if (value instanceof Tensor tensor) {
      return tensor;
    }
    throw syntax.error("expected a tensor but it is " + Values.text(value));
  }

  private @Nullable Object binary(Syntax syntax) {
    Object left = value(syntax.parts().get(0));
    Object right = value(syntax.parts().get(1));
    return Operators.binary(syntax, onPass(left), onPass(right));
  }

  private @Nullable Object onPass(@Nullable Object value) {
    return value instanceof Tensor tensor ? onPass(tensor) : value;
  }
}
