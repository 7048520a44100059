package org.whichflops.format.keras;

import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Tensor;

/**
 * Nodes of the TensorFlow graph that Keras 3 makes of a layer. They have shapes and no arithmetic:
 * that is recorded beside them.
 */
final class Tf {
  private Tf() {}

  /** A node of one output, which may be a tensor known already. */
  static Tensor node(String op, Tensor output, Tensor... inputs) {
    return node(op, Arguments.NONE, output, inputs);
  }

  /** A node of one output, which may be a tensor known already, with attributes. */
  static Tensor node(String op, Arguments arguments, Tensor output, Tensor... inputs) {
    ForwardPass pass = output.pass();
    Call call = pass.begin(Function.named("tf." + op), arguments);
    for (Tensor input : inputs) {
      pass.input(call, input);
    }
    return pass.end(call, output);
  }

  /** The same node over the same tensor a number of times, for chains of elementwise ones. */
  static void repeat(int times, String op, Tensor x) {
    for (int i = 0; i < times; i++) {
      node(op, x, x);
    }
  }

  /** Work on a single number, such as a size in a shape. */
  static void scalar(String op, Tensor inPass) {
    ForwardPass pass = inPass.pass();
    node(op, pass.input());
  }

  /** A pooling's node with the area of its window. */
  static Tensor pool(String op, long area, Tensor output, Tensor input) {
    return node(op, attribute(Attribute.KERNEL, area), output, input);
  }

  /** A transposed convolution's node with the product of its strides. */
  static Tensor backprop(String op, long strides, Tensor output, Tensor input, Tensor kernel) {
    return node(op, attribute(Attribute.STRIDES, strides), output, input, kernel);
  }

  private static Arguments attribute(Attribute known, long value) {
    return (attribute, call) ->
        attribute == known ? value : Arguments.NONE.attribute(attribute, call);
  }

  /**
   * What {@code keras.ops.add} makes: a BiasAdd where the second looks like a bias, also where it
   * is a whole tensor of one row (keras/src/backend/tensorflow/numpy.py, add).
   */
  static Tensor add(Tensor output, Tensor x, Tensor x2) {
    long only = 0;
    int wide = 0;
    for (int i = 0; i < x2.rank(); i++) {
      if (x2.size(i) > 1) {
        only = x2.size(i);
        wide++;
      }
    }
    boolean bias = wide == 1 && x.rank() > 1 && (only == x.size(1) || only == x.size(-1));
    return node(bias ? "BiasAdd" : "AddV2", output, x, x2);
  }

  /** A part of the graph that is not known; a count of its nodes cannot be given. */
  static void unknown(Tensor inPass) {
    node("Unknown", inPass.pass().input());
  }

  /** A tensor of the given sizes that no function of the arithmetic makes. */
  static Tensor tensor(Tensor inPass, long... sizes) {
    return inPass.pass().input(sizes);
  }
}
