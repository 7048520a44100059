package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;

/**
 * The functions of {@code torch} and {@code torch.nn.functional}, and the methods of tensors, with
 * the arguments that PyTorch gives them. A method's first argument is the tensor.
 */
final class FunctionTable {
  /** What a function does with its arguments; it returns a tensor or a list of them. */
  private record Maker(Signature signature, Function<Given, Object> apply) {}

  private static final Map<String, Maker> MAKERS = new HashMap<>();

  static {
    Functionals.fill();
    TorchFunctions.fill();
    ViewFunctions.fill();
  }

  private FunctionTable() {}

  /** Adds a function with the names of its arguments, spaces between. */
  static void put(String name, String names, Function<Given, Object> apply) {
    MAKERS.put(name, new Maker(Signature.of(names), apply));
  }

  /** The names there are. */
  static Collection<String> names() {
    return new TreeSet<>(MAKERS.keySet());
  }

  /** Whether there is a function of that name. */
  static boolean knows(String name) {
    return MAKERS.containsKey(name);
  }

  /**
   * Calls a function. A parameter that comes first becomes a tensor of the forward pass, as one
   * that takes part in arithmetic must be; behind it stand weights, which stay what they are.
   *
   * @return what the function returns; null where there is none of that name
   */
  static @Nullable Object call(
      String name, Syntax call, Passed passed, @Nullable ForwardPass pass) {
    Maker maker = MAKERS.get(name);
    if (maker == null) {
      return null;
    }
    if (pass == null) {
      throw call.error("%s is called in a forward only".formatted(name));
    }
    Given given = new Given(call, name, passed, maker.signature());
    given.first(used(given.first(), pass));
    return maker.apply().apply(given);
  }

  /** A parameter as a tensor of the forward pass, also inside a list. */
  static @Nullable Object used(@Nullable Object value, ForwardPass pass) {
    if (value instanceof Parameter parameter) {
      return pass.input(parameter.shape().sizes());
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> all = new ArrayList<>();
      list.forEach(item -> all.add(used(item, pass)));
      return all;
    }
    return value;
  }
}
