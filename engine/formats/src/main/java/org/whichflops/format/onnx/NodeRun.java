package org.whichflops.format.onnx;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Observed;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.Tensor;

/** One node in one run: its inputs and attributes, and where its outputs go. */
final class NodeRun {
  private final Execution execution;
  private Node node;

  NodeRun(Execution execution, Node node) {
    this.execution = execution;
    this.node = node;
  }

  NodeRun at(Node next) {
    node = next;
    return this;
  }

  Node node() {
    return node;
  }

  Execution execution() {
    return execution;
  }

  ForwardPass pass() {
    return execution.pass();
  }

  /** The version of the node's operator set. */
  long opset() {
    return execution.opset(node.domain());
  }

  // Inputs.

  int inputCount() {
    return node.inputs().length;
  }

  boolean has(int i) {
    return find(i) != null;
  }

  @Nullable Value find(int i) {
    return i < node.inputs().length && node.inputs()[i] != Node.ABSENT
        ? execution.value(node.inputs()[i])
        : null;
  }

  Value input(int i) {
    Value value = find(i);
    if (value == null) {
      throw new ShapeException(
          "it has %d inputs and needs one more".formatted(node.inputs().length));
    }
    return value;
  }

  /** The tensor of an input, for calls of the engine. */
  Tensor tensor(int i) {
    return input(i).tensor(pass());
  }

  /** The numbers of an input that has to be known. */
  Numbers numbers(int i) {
    Numbers numbers = input(i).numbers();
    if (numbers == null) {
      if (input(i).live()) {
        throw new DependsOnData(
            "its input %d decides about shapes and depends on the network's input".formatted(i));
      }
      throw new ShapeException(
          "its input %d of %s decides about shapes and its values are not known"
              .formatted(i, input(i)));
    }
    return numbers;
  }

  /** The whole numbers of an input, or of the attribute that older operator sets have instead. */
  long @Nullable [] integers(String attribute, int i) {
    return has(i) ? numbers(i).whole() : integers(attribute);
  }

  // Attributes.

  long integer(String name, long otherwise) {
    Object value = attribute(name);
    return value instanceof Long found ? found : otherwise;
  }

  double real(String name, double otherwise) {
    Object value = attribute(name);
    return value instanceof Double found ? found : otherwise;
  }

  String text(String name, String otherwise) {
    Object value = attribute(name);
    return value instanceof String found ? found : otherwise;
  }

  long @Nullable [] integers(String name) {
    return attribute(name) instanceof long[] found ? found : null;
  }

  /** Small whole numbers, one a dimension; the same number for each where there are none. */
  int[] extents(String name, int dims, int otherwise) {
    long[] found = integers(name);
    int[] extents = new int[dims];
    Arrays.fill(extents, otherwise);
    if (found != null && found.length > 0) {
      if (found.length != dims) {
        throw new ShapeException(
            "%s has %d numbers for %d dimensions".formatted(name, found.length, dims));
      }
      for (int i = 0; i < dims; i++) {
        extents[i] = small(name, found[i]);
      }
    }
    return extents;
  }

  static int small(String name, long number) {
    if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
      throw new ShapeException("%s is %d, which no computer can hold".formatted(name, number));
    }
    return (int) number;
  }

  @Nullable Object attribute(String name) {
    return node.attributes().find(name);
  }

  /** A dimension counted from the front, checked. */
  static int dim(long dim, int rank) {
    long positive = dim < 0 ? dim + rank : dim;
    if (positive < 0 || positive >= Math.max(rank, 1)) {
      throw new ShapeException(
          "dimension %d is out of range for %d dimensions".formatted(dim, rank));
    }
    return (int) positive;
  }

  // Outputs.

  int outputCount() {
    return node.outputs().length;
  }

  boolean wants(int i) {
    return i < node.outputs().length && node.outputs()[i] != Node.ABSENT;
  }

  void output(int i, Value value) {
    if (wants(i)) {
      execution.set(node.outputs()[i], value);
    }
  }

  void output(Value value) {
    output(0, value);
  }

  /** The output of a call of the engine, of the first input's type. */
  void output(Tensor tensor) {
    output(Value.live(input(0).type(), tensor));
  }

  /** Whether any input depends on the network's input. */
  boolean anyLive() {
    for (int i = 0; i < inputCount(); i++) {
      Value value = find(i);
      if (value != null && value.live()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the sizes of all inputs are known. */
  boolean allSized() {
    for (int i = 0; i < inputCount(); i++) {
      Value value = find(i);
      if (value != null && !value.sized()) {
        return false;
      }
    }
    return true;
  }

  /** A value of given sizes that is live where any input is, without a call. */
  Value result(ElementType type, long... sizes) {
    return anyLive()
        ? Value.live(type, Observed.tensor(pass(), Shape.of(sizes)))
        : Value.constant(type, sizes, null);
  }

  /** A function call and the one operator in it, over live inputs. */
  Tensor call(
      Function function, Operator operator, Arguments arguments, Tensor[] inputs, long... sizes) {
    Tensor[] outputs = {Observed.tensor(pass(), Shape.of(sizes))};
    return Observed.call(pass(), function, operator, arguments, inputs, outputs)[0];
  }

  /** The same numbers in other sizes, as a call, so that what follows hangs on what came before. */
  Tensor moved(Move move, Tensor from, long... sizes) {
    return call(move.function(), move.operator(), Arguments.NONE, new Tensor[] {from}, sizes);
  }

  /**
   * A function that moves numbers and computes none: recorded where they are the network's, worked
   * out where they are known.
   */
  void moved(Move move, Value x, long[] sizes, @Nullable Numbers numbers) {
    output(moved(move, new Value[] {x}, x.type(), sizes, numbers));
  }

  /** The same of several values. */
  Value moved(Move move, Value[] x, ElementType type, long[] sizes, @Nullable Numbers numbers) {
    boolean live = false;
    boolean computes = false;
    for (Value value : x) {
      live |= value.live();
      computes |= value.computes();
    }
    if (!live) {
      return Value.constant(type, sizes, numbers);
    }
    if (!computes) {
      return Value.live(type, Observed.tensor(pass(), Shape.of(sizes)));
    }
    Tensor[] tensors = new Tensor[x.length];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = x[i].tensor(pass());
    }
    return Value.live(type, call(move.function(), move.operator(), Arguments.NONE, tensors, sizes));
  }
}
