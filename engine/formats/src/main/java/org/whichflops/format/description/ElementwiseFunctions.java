package org.whichflops.format.description;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.Tensor;

/** Functions of {@code torch} and methods of tensors that run the operator of their name. */
final class ElementwiseFunctions {
  static final String SIGNATURES =
      """
      torch.abs torch.neg torch.sign torch.reciprocal torch.floor torch.ceil torch.round(input)
      torch.sqrt torch.rsqrt torch.exp torch.expm1 torch.log torch.log1p torch.log2 torch.erf(input)
      torch.sin torch.cos torch.tan torch.asin torch.acos torch.atan(input)
      torch.sinh torch.cosh torch.tanh torch.asinh torch.acosh torch.atanh(input)
      torch.relu torch.sigmoid(input)
      torch.add torch.sub torch.mul torch.div torch.fmod torch.maximum torch.minimum(input, other)
      torch.eq torch.ne torch.gt torch.ge torch.lt torch.le(input, other)
      Tensor.abs Tensor.neg Tensor.sign Tensor.reciprocal Tensor.floor Tensor.ceil Tensor.round(input)
      Tensor.sqrt Tensor.rsqrt Tensor.exp Tensor.expm1 Tensor.log Tensor.log1p Tensor.log2 Tensor.erf(input)
      Tensor.sin Tensor.cos Tensor.tan Tensor.asin Tensor.acos Tensor.atan(input)
      Tensor.sinh Tensor.cosh Tensor.tanh Tensor.asinh Tensor.acosh Tensor.atanh(input)
      Tensor.relu Tensor.sigmoid(input)
      Tensor.abs_ Tensor.neg_ Tensor.sqrt_ Tensor.rsqrt_ Tensor.exp_ Tensor.tanh_ Tensor.relu_ Tensor.sigmoid_(input)
      Tensor.add Tensor.sub Tensor.mul Tensor.div Tensor.fmod Tensor.maximum Tensor.minimum(input, other)
      Tensor.eq Tensor.ne Tensor.gt Tensor.ge Tensor.lt Tensor.le(input, other)
      Tensor.add_ Tensor.sub_ Tensor.mul_ Tensor.div_(input, other)
      """;

  private ElementwiseFunctions() {}

  /** What a function returns; null where there is no operator of its name. */
  static @Nullable Object call(String name, Given g) {
    Operator operator = operator(name.substring(name.indexOf('.') + 1));
    if (operator == null) {
      return null;
    }
    Tensor x = g.tensor("input");
    Tensor y = g.takes("other") ? g.tensorOrNumber("other") : null;
    return y == null
        ? Observed.elementwise(name, operator, x)
        : Observed.elementwise(name, operator, x, y);
  }

  /** The operator; of one in place that the engine has no other of, the one that is not. */
  private static @Nullable Operator operator(String name) {
    Operator exact = Observed.operator(name);
    return exact == null && name.endsWith("_")
        ? Observed.operator(name.substring(0, name.length() - 1))
        : exact;
  }
}
