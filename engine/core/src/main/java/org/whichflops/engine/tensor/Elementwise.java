package org.whichflops.engine.tensor;

import java.util.Objects;

/** Functions of one tensor or two that work element by element. */
final class Elementwise {
  private Elementwise() {}

  /** A function of one tensor, or of a tensor and a number. */
  static Tensor scalar(String function, Operator operator, Tensor x) {
    return Recording.call(
        Function.named(function),
        operator,
        ElementwiseArguments.INSTANCE,
        x,
        Layout.of(operator, x.pass().like(x), x));
  }

  static Tensor binary(String function, Operator operator, Tensor x, Tensor x2) {
    return Recording.call(
        Function.named(function),
        operator,
        ElementwiseArguments.INSTANCE,
        x,
        x2,
        Layout.elementwise(Sizes.broadcast(x, x2, function), x, x2));
  }

  static Tensor inPlace(String function, Operator operator, Tensor x, Tensor x2) {
    Tensor y = Sizes.broadcast(x, x2, function);
    y.by(new WrittenInto(Objects.requireNonNull(y.origin()), x, function));
    return Recording.call(
        Function.named(function),
        operator,
        ElementwiseArguments.INSTANCE,
        x,
        x2,
        Layout.identical(y, x));
  }
}
