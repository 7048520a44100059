package org.whichflops.format.pt2;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Operator;

/** Every call of a forward pass as text: which module, function or operator, and its shapes. */
final class Calls {
  /** Functions that only rearrange numbers, whose calls an export may merge, split or drop. */
  private static final Set<String> REARRANGING =
      Set.of(
          "Tensor.__getitem__",
          "Tensor.__setitem__",
          "Tensor.contiguous",
          "Tensor.masked_fill",
          "Tensor.__mul__",
          "Tensor.__rmul__");

  private Calls() {}

  static List<String> of(Network network, Mode mode, Shape input) {
    ForwardPass pass = network.forward(mode, input);
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee() instanceof Module module) {
        // A module without any call in it leaves no trace in a file.
        if (call.end() > i + 1) {
          calls.add(
              "module %s %s %s %s"
                  .formatted(
                      network.path(module),
                      module.type().qualifiedName(),
                      shapes(call),
                      module.parameters()));
        }
      } else if (call.callee() instanceof Operator operator) {
        if (operator.arithmetic().isPresent()) {
          calls.add("operator %s %s".formatted(operator.variantKey(), shapes(call)));
        }
      } else if (!REARRANGING.contains(call.callee().key())) {
        calls.add("function %s %s".formatted(call.callee().key(), shapes(call)));
      }
    }
    return calls;
  }

  private static String shapes(Call call) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < call.inputCount(); i++) {
      text.append(call.input(i)).append(' ');
    }
    text.append("->");
    for (int i = 0; i < call.outputCount(); i++) {
      text.append(' ').append(call.output(i));
    }
    return text.toString();
  }
}
