package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** The names of tensors in a forward that is being written, and sizes in terms of them. */
final class Variables {
  /** A tensor under a name, in every sample. */
  private record Variable(String name, List<Tensor> tensors) {}

  private final Module module;
  private final IdentityHashMap<Tensor, Variable> byTensor = new IdentityHashMap<>();
  private final List<Variable> inputs = new ArrayList<>();
  private final List<Variable> made = new ArrayList<>();
  private int count;

  /** The variables of a module's forward, which begins with its inputs. */
  Variables(Module module, Sampled call, List<String> names) {
    this.module = module;
    for (int i = 0; i < names.size(); i++) {
      int at = i;
      Variable variable = variable(names.get(i), call, c -> c.input(at));
      inputs.add(variable);
      byTensor.put(call.first().input(i), variable);
    }
  }

  /** Picks a tensor of a call. */
  private interface Pick {
    Tensor of(Call call);
  }

  private static Variable variable(String name, Sampled call, Pick pick) {
    List<Tensor> tensors = new ArrayList<>();
    for (int s = 0; s < call.count(); s++) {
      tensors.add(pick.of(call.call(s)));
    }
    return new Variable(name, tensors);
  }

  /** A new name for an output of a call. */
  String define(Sampled call, int output) {
    Variable variable = variable("t" + ++count, call, c -> c.output(output));
    made.add(variable);
    byTensor.put(call.first().output(output), variable);
    return variable.name();
  }

  /** Whether an output of a call has a name already. */
  boolean knows(Sampled call, int output) {
    return byTensor.containsKey(call.first().output(output));
  }

  /** An input of a call by its name; a weight, or a tensor of its sizes, where it has none. */
  String input(Sampled call, int input) {
    return name(call, c -> c.input(input));
  }

  /** An output of a call by the name it was given inside. */
  String output(Sampled call, int output) {
    return name(call, c -> c.output(output));
  }

  private String name(Sampled call, Pick pick) {
    Tensor tensor = pick.of(call.first());
    Variable known = byTensor.get(tensor);
    if (known != null) {
      return known.name();
    }
    if (tensor instanceof Parameter) {
      String path = path(module, "self", tensor, true);
      if (path != null) {
        return path;
      }
    }
    String weight = constant(call, pick) ? path(module, "self", tensor, false) : null;
    if (weight != null) {
      return weight;
    }
    List<String> sizes = new ArrayList<>();
    for (int dim = 0; dim < tensor.rank(); dim++) {
      long[] values = new long[call.count()];
      for (int s = 0; s < values.length; s++) {
        values[s] = Sampled.alike(pick.of(call.call(s)), tensor).size(dim);
      }
      sizes.add(need(values));
    }
    return "tensor(" + String.join(", ", sizes) + ")";
  }

  private static boolean constant(Sampled call, Pick pick) {
    for (int s = 1; s < call.count(); s++) {
      if (!pick.of(call.call(s)).shape().equals(pick.of(call.first()).shape())) {
        return false;
      }
    }
    return true;
  }

  /** The path to a parameter, or to one of the same sizes among the module's own. */
  private static @Nullable String path(Module of, String prefix, Tensor tensor, boolean same) {
    for (Map.Entry<String, Parameter> entry : of.parameters().entrySet()) {
      if (same ? entry.getValue() == tensor : entry.getValue().shape().equals(tensor.shape())) {
        return child(prefix, entry.getKey());
      }
    }
    for (Map.Entry<String, Parameter> entry : of.buffers().entrySet()) {
      if (same ? entry.getValue() == tensor : entry.getValue().shape().equals(tensor.shape())) {
        return child(prefix, entry.getKey());
      }
    }
    if (same) {
      for (Map.Entry<String, Module> child : of.children().entrySet()) {
        String found = path(child.getValue(), child(prefix, child.getKey()), tensor, true);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** A child as Python writes it: {@code self.conv1}, {@code self.layers[0]}. */
  static String child(String prefix, String name) {
    boolean identifier =
        !name.isEmpty()
            && Character.isJavaIdentifierStart(name.charAt(0))
            && name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    boolean number = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    boolean plain = number && (name.length() == 1 || name.charAt(0) != '0');
    return identifier
        ? prefix + "." + name
        : prefix + (plain ? "[" + name + "]" : "['" + name + "']");
  }

  /** A size that has to be written. */
  String need(long[] values) {
    String text = size(values);
    if (text == null) {
      throw new ConversionException(
          "the sizes " + Arrays.toString(values) + " follow no tensor that is at hand");
    }
    return text;
  }

  /** A size in terms of others: the same number always, or a tensor's size times a number. */
  @Nullable String size(long[] values) {
    boolean constant = true;
    for (long value : values) {
      constant &= value == values[0];
    }
    if (constant) {
      return "" + values[0];
    }
    List<Variable> near = new ArrayList<>();
    for (int i = made.size() - 1; i >= Math.max(0, made.size() - 40); i--) {
      near.add(made.get(i));
    }
    near.addAll(inputs);
    for (boolean exact : new boolean[] {true, false}) {
      for (Variable variable : near) {
        for (int dim = 0; dim < variable.tensors().get(0).rank(); dim++) {
          String text = scaled(values, variable, dim, exact);
          if (text != null) {
            return text;
          }
        }
      }
    }
    String product = product(values, near);
    return product != null ? product : difference(values, near);
  }

  /** The size of one tensor less that of another, as where a smaller one is padded. */
  private static @Nullable String difference(long[] values, List<Variable> near) {
    List<Variable> nearest = near.subList(0, Math.min(12, near.size()));
    for (Variable a : nearest) {
      for (Variable b : nearest) {
        int rank = Math.min(a.tensors().get(0).rank(), b.tensors().get(0).rank());
        for (int d = 0; d < rank; d++) {
          boolean fits = !a.name().equals(b.name());
          for (int s = 0; fits && s < values.length; s++) {
            fits = values[s] == a.tensors().get(s).size(d) - b.tensors().get(s).size(d);
          }
          if (fits) {
            return "%s.shape[%d] - %s.shape[%d]".formatted(a.name(), d, b.name(), d);
          }
        }
      }
    }
    return null;
  }

  private static @Nullable String scaled(long[] values, Variable variable, int dim, boolean exact) {
    long first = variable.tensors().get(0).size(dim);
    String text = variable.name() + ".shape[" + dim + "]";
    if (first < 1) {
      return null;
    }
    long up = exact ? 1 : values[0] / first;
    long down = exact || values[0] == 0 ? 1 : first / values[0];
    long added = exact ? 0 : values[0] - first;
    boolean[] fits = {true, true, true, true};
    for (int s = 0; s < values.length; s++) {
      Tensor tensor = variable.tensors().get(s);
      long size = dim < tensor.rank() ? tensor.size(dim) : -1;
      fits[0] &= values[s] == size * up;
      fits[1] &= down > 0 && values[s] == size / down;
      fits[2] &= values[s] == size + added;
      fits[3] &= down > 0 && values[s] == (size + down - 1) / down;
    }
    if (fits[0]) {
      return up == 1 ? text : text + " * " + up;
    }
    if (fits[1] && down > 1) {
      return text + " // " + down;
    }
    if (fits[3] && down > 1) {
      return "(%s + %d) // %d".formatted(text, down - 1, down);
    }
    return fits[2] && !exact ? text + (added < 0 ? " - " + -added : " + " + added) : null;
  }

  /** Two sizes of one tensor, or of the input, multiplied, and by a number or divided by one. */
  private @Nullable String product(long[] values, List<Variable> near) {
    for (Variable variable : near) {
      int rank = variable.tensors().get(0).rank();
      for (int a = 0; a < rank; a++) {
        for (int b = a + 1; b < rank; b++) {
          for (int c = b; c < rank; c++) {
            String text = product(values, variable, a, b, c);
            if (text != null) {
              return text;
            }
          }
        }
      }
    }
    return null;
  }

  /** Sizes a, b and, where it is another, c. */
  private static @Nullable String product(long[] values, Variable variable, int a, int b, int c) {
    boolean up = true;
    boolean down = true;
    long factor = 0;
    long divisor = 0;
    for (int s = 0; s < values.length; s++) {
      Tensor tensor = variable.tensors().get(s);
      long size = tensor.size(a) * tensor.size(b) * (c == b ? 1 : tensor.size(c));
      if (s == 0) {
        factor = size == 0 ? 0 : values[0] / size;
        divisor = values[0] == 0 ? 0 : size / values[0];
      }
      up &= factor > 0 && values[s] == size * factor;
      down &= divisor > 0 && values[s] * divisor == size;
    }
    if (!up && !down) {
      return null;
    }
    String name = variable.name() + ".shape[";
    String text = name + a + "] * " + name + b + "]" + (c == b ? "" : " * " + name + c + "]");
    return up ? factor == 1 ? text : text + " * " + factor : "(" + text + ") // " + divisor;
  }
}
