package org.whichflops.engine.tensor;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;

/**
 * Calls as somebody else saw them: a function's name, the operator that ran, and the shapes of all
 * that came out. Files tell networks so.
 */
public final class Observed {
  /** The arguments of {@code add}, {@code mul} and their like. */
  public static final Arguments ELEMENTWISE = ElementwiseArguments.INSTANCE;

  private Observed() {}

  /** The arguments of {@code addmm} and {@code baddbmm}, where beta is 0 or not. */
  public static Arguments added(boolean added) {
    return AddedArguments.of(added);
  }

  /**
   * The operator of a name without namespace, such as {@code add_}; null where the engine does not
   * know what it computes.
   */
  public static @Nullable Operator operator(String name) {
    return Operator.find("aten." + name);
  }

  /** An operator that is none of the engine's: what it computes, if anything, is not counted. */
  public static Operator uncounted(String name) {
    return Operator.withoutArithmetic("aten." + name, "not counted");
  }

  /** A tensor of a pass with the given sizes. */
  public static Tensor tensor(ForwardPass pass, Shape shape) {
    Tensor tensor = pass.tensor(shape.rank());
    for (int i = 0; i < shape.rank(); i++) {
      tensor.set(i, shape.size(i));
    }
    return tensor;
  }

  /** A function call and the one operator call inside it. */
  public static Tensor[] call(
      ForwardPass pass,
      Function function,
      Operator operator,
      Arguments arguments,
      Tensor[] inputs,
      Tensor[] outputs) {
    Call outer = pass.begin(function, arguments).in(inputs);
    call(pass, operator, arguments, inputs, outputs);
    return pass.end(outer, outputs);
  }

  /** A function call and whatever is called inside it. */
  public static Tensor[] call(
      ForwardPass pass, Function function, Tensor[] inputs, Supplier<Tensor[]> inside) {
    Call outer = pass.begin(function, Arguments.NONE).in(inputs);
    return pass.end(outer, inside.get());
  }

  /** An operator call that no function made, or one that is recorded already. */
  public static Tensor[] call(
      ForwardPass pass, Operator operator, Arguments arguments, Tensor[] inputs, Tensor[] outputs) {
    return pass.end(pass.begin(operator, arguments).in(inputs), outputs);
  }

  /** A function of one tensor, or of a tensor and a number, and its operator. */
  public static Tensor elementwise(String function, Operator operator, Tensor x) {
    return Elementwise.scalar(function, operator, x);
  }

  /** A function of two tensors and its operator; one whose name ends in {@code _} is in place. */
  public static Tensor elementwise(String function, Operator operator, Tensor x, Tensor y) {
    return function.endsWith("_")
        ? Elementwise.inPlace(function, operator, x, y)
        : Elementwise.binary(function, operator, x, y);
  }

  /**
   * A function that makes one number of many, and its operator.
   *
   * @param dims the dimensions that it runs over; none means all
   */
  public static Tensor reduced(
      String function, Operator operator, Tensor x, int[] dims, boolean keepDim) {
    return Reductions.over(function, operator, x, dims, keepDim);
  }
}
