package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;

/**
 * The functions of {@code torch} and {@code torch.nn.functional}, and the methods of tensors, with
 * the arguments that PyTorch gives them. A method's first argument is the tensor.
 *
 * <p>What a function does stands in a switch by its name. A table of lambdas would read as well,
 * but take a process 15 ms to link, for the two or three that a network calls.
 */
final class FunctionTable {
  private static final Signatures SIGNATURES =
      new Signatures(
          Functionals.SIGNATURES,
          TorchFunctions.SIGNATURES,
          ViewFunctions.SIGNATURES,
          ElementwiseFunctions.SIGNATURES);

  private FunctionTable() {}

  /** The names there are. */
  static Collection<String> names() {
    return SIGNATURES.names();
  }

  /** Whether there is a function of that name. */
  static boolean knows(String name) {
    return SIGNATURES.knows(name);
  }

  /** Whether there is a function of that name with an argument of this one. */
  static boolean takes(String name, String argument) {
    Signature signature = SIGNATURES.find(name);
    return signature != null && signature.place(argument) >= 0;
  }

  /**
   * Calls a function. A parameter that comes first becomes a tensor of the forward pass, as one
   * that takes part in arithmetic must be; behind it stand weights, which stay what they are.
   *
   * @return a tensor or a list of them; null where there is no function of that name
   */
  static @Nullable Object call(
      String name, Syntax call, Passed passed, @Nullable ForwardPass pass) {
    Signature signature = SIGNATURES.find(name);
    if (signature == null) {
      return null;
    }
    if (pass == null) {
      throw call.error("%s is called in a forward only".formatted(name));
    }
    Given given = new Given(call, name, passed, signature);
    given.first(used(given.first(), pass));
    Object result = Functionals.call(name, given);
    result = result == null ? TorchFunctions.call(name, given) : result;
    result = result == null ? ViewFunctions.call(name, given) : result;
    result = result == null ? ElementwiseFunctions.call(name, given) : result;
    if (result == null) {
      throw new IllegalStateException(name + " has arguments but does nothing");
    }
    return result;
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
