package org.whichflops.format.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Operator;

/** The operators that compute in a forward pass, as text: where, which, and with what shapes. */
final class Work {
  private Work() {}

  /** Each operator with its module's path; in-place forms, which no graph has, as plain ones. */
  static List<String> of(Network network, Shape input, Predicate<String> wanted) {
    ForwardPass pass = network.forward(Mode.DECOMPOSED, input);
    List<String> work = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (call.callee() instanceof Operator operator
          && operator.arithmetic().isPresent()
          && wanted.test(operator.key())) {
        String name = operator.variantKey().replaceFirst("_$", "");
        work.add(network.path(pass, call) + " " + name + " " + shapes(call));
      }
    }
    return work;
  }

  private static String shapes(Call call) {
    StringBuilder text = new StringBuilder();
    boolean convolves = call.callee().key().equals("aten.convolution");
    // A folded batch norm is a bias of the convolution before it.
    for (int i = 0; i < (convolves ? 2 : call.inputCount()); i++) {
      text.append(call.input(i)).append(' ');
    }
    return text.append("-> ").append(call.output(0)).toString();
  }

  /** The shapes that the network returns. */
  static String outputs(Network network, Shape input) {
    Call root = network.forward(Mode.DECOMPOSED, input).call(0);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < root.outputCount(); i++) {
      text.append(i == 0 ? "" : " ").append(root.output(i));
    }
    return text.toString();
  }
}
