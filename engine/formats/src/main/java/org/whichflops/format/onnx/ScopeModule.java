package org.whichflops.format.onnx;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * A module that an exporter left the name of. It is called by the graph that replays the nodes;
 * what formulas ask it for, the functions know that were called in it.
 */
class ScopeModule extends Module {
  private final @Nullable Arguments arguments;

  ScopeModule(ModuleType type, @Nullable Arguments arguments) {
    super(type);
    this.arguments = arguments;
  }

  /** How many tensors every call is given at least. */
  int inputs() {
    return key().equals("nn.MultiheadAttention") ? 3 : 1;
  }

  void add(String name, ScopeModule module) {
    child(name, module);
  }

  /**
   * Takes a parameter under a name, or under the first free one like it; {@code weight_ih_l} of a
   * recurrent layer is numbered from 0.
   */
  void own(String name, Parameter parameter) {
    if (name.endsWith("_l")) {
      int layer = 0;
      while (parameters().containsKey(name + layer)) {
        layer++;
      }
      parameter(name + layer, parameter);
      return;
    }
    String free = name;
    for (int i = 2; parameters().containsKey(free); i++) {
      free = name + "_" + i;
    }
    parameter(free, parameter);
  }

  /** Takes a tensor that is saved and not learnt. */
  void keep(String name, long... sizes) {
    if (!buffers().containsKey(name)) {
      buffer(name, sizes);
    }
  }

  @Override
  public long attribute(Attribute attribute, Call call) {
    if (arguments != null) {
      try {
        return arguments.attribute(attribute, call);
      } catch (UnknownQuantityException e) {
        return super.attribute(attribute, call);
      }
    }
    ForwardPass pass = pass(call);
    for (int i = call.index() + 1; pass != null && i < call.end(); i++) {
      Call inner = pass.call(i);
      if (inner.parent() == call.index() && inner.callee().kind() == Callee.Kind.FUNCTION) {
        try {
          return inner.attribute(attribute);
        } catch (UnknownQuantityException e) {
          // The next function may know: a convolution that pads by itself begins with F.pad.
        }
      }
    }
    return super.attribute(attribute, call);
  }

  private static @Nullable ForwardPass pass(Call call) {
    for (int i = 0; i < call.inputCount(); i++) {
      Tensor input = call.input(i);
      if (!(input instanceof Parameter)) {
        return input.pass();
      }
    }
    return null;
  }
}
