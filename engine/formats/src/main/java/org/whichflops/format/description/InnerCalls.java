package org.whichflops.format.description;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;

/** What the function calls in a module's call know that formulas ask the module for. */
final class InnerCalls {
  private InnerCalls() {}

  /**
   * The answer of the first function that has one.
   *
   * @throws UnknownQuantityException where none has
   */
  static long attribute(Attribute attribute, Call call) {
    if (attribute == Attribute.AFFINE && call.callee() instanceof Module module) {
      return module.parameters().isEmpty() ? 0 : 1;
    }
    ForwardPass pass = pass(call);
    for (int i = call.index() + 1; pass != null && i < call.end(); i++) {
      Call inner = pass.call(i);
      if (inner.parent() == call.index() && inner.callee().kind() == Callee.Kind.FUNCTION) {
        try {
          return ofFunction(attribute, inner);
        } catch (UnknownQuantityException e) {
          // The next function may know: a convolution that pads by itself begins with F.pad.
        }
      }
    }
    return Arguments.NONE.attribute(attribute, call);
  }

  private static long ofFunction(Attribute attribute, Call inner) {
    boolean linear = inner.callee().key().equals("F.linear") && inner.inputCount() > 1;
    if (linear && attribute == Attribute.IN_FEATURES) {
      return inner.input(1).size(1);
    }
    return linear && attribute == Attribute.OUT_FEATURES
        ? inner.input(1).size(0)
        : inner.attribute(attribute);
  }

  private static @Nullable ForwardPass pass(Call call) {
    for (int i = 0; i < call.inputCount(); i++) {
      if (!(call.input(i) instanceof Parameter)) {
        return call.input(i).pass();
      }
    }
    return null;
  }
}
