package org.whichflops.engine.tensor;

import org.jspecify.annotations.Nullable;

/** Writes down a function call and the one operator call inside it. */
final class Recording {
  private Recording() {}

  static Tensor call(
      Function function, Operator operator, Arguments arguments, Tensor x, Tensor y) {
    ForwardPass pass = y.pass();
    Call outer = pass.begin(function, arguments).in(x);
    operator(operator, arguments, x, y);
    return pass.end(outer, y);
  }

  static Tensor call(
      Function function, Operator operator, Arguments arguments, Tensor x, Tensor x2, Tensor y) {
    ForwardPass pass = y.pass();
    Call outer = pass.begin(function, arguments).in(x).in(x2);
    operator(operator, arguments, x, x2, y);
    return pass.end(outer, y);
  }

  static Tensor call(
      Function function,
      Operator operator,
      Arguments arguments,
      Tensor x,
      Tensor x2,
      @Nullable Tensor x3,
      Tensor y) {
    ForwardPass pass = y.pass();
    Call outer = pass.begin(function, arguments).in(x).in(x2);
    Call inner = pass.begin(operator, arguments).in(x).in(x2);
    if (x3 != null) {
      outer.in(x3);
      inner.in(x3);
    }
    pass.end(inner, y);
    return pass.end(outer, y);
  }

  /** A function of many tensors, or with many results. */
  static Tensor[] call(
      Function function,
      Operator operator,
      Arguments arguments,
      Tensor[] inputs,
      Tensor[] outputs) {
    ForwardPass pass = outputs[0].pass();
    Call outer = pass.begin(function, arguments).in(inputs);
    pass.end(pass.begin(operator, arguments).in(inputs), outputs);
    return pass.end(outer, outputs);
  }

  static Tensor operator(Operator operator, Arguments arguments, Tensor x, Tensor y) {
    ForwardPass pass = y.pass();
    return pass.end(pass.begin(operator, arguments).in(x), y);
  }

  static Tensor operator(Operator operator, Arguments arguments, Tensor x, Tensor x2, Tensor y) {
    ForwardPass pass = y.pass();
    return pass.end(pass.begin(operator, arguments).in(x).in(x2), y);
  }
}
