package org.whichflops.format.pt2;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Arguments;
import org.whichflops.format.FormatException;

/**
 * A node's arguments by the names of ATen's schemas. Arguments at their default are left out of the
 * file, so everything optional is asked for with its default.
 */
final class NodeReader {
  private final Program.Node node;
  private final Values values;

  NodeReader(Program.Node node, Values values) {
    this.node = node;
    this.values = values;
  }

  Program.Node node() {
    return node;
  }

  Values values() {
    return values;
  }

  FormatException problem(String problem) {
    return values.problem(node, problem);
  }

  /** The name of a tensor that has to be there. */
  String tensor(String name) {
    if (node.argument(name) instanceof Argument.Tensor tensor) {
      return tensor.name();
    }
    throw problem("there is no tensor '%s'".formatted(name));
  }

  /** The name of a tensor, or null where there is none. */
  @Nullable String optionalTensor(String name) {
    return node.argument(name) instanceof Argument.Tensor tensor ? tensor.name() : null;
  }

  int slot(String name) {
    return values.slot(tensor(name));
  }

  /** The slot of a tensor, or -1 where there is none. */
  int optionalSlot(String name) {
    String tensor = optionalTensor(name);
    return tensor == null ? -1 : values.slot(tensor);
  }

  boolean has(String name) {
    Argument argument = node.argument(name);
    return argument != null && !(argument instanceof Argument.None);
  }

  /** The names of several tensors, without those left out. */
  List<String> tensors(String name) {
    return node.argument(name) instanceof Argument.Tensors tensors ? tensors.present() : List.of();
  }

  boolean flag(String name, boolean fallback) {
    return node.argument(name) instanceof Argument.Flag flag ? flag.value() : fallback;
  }

  /** A word, or null where there is none. */
  @Nullable String text(String name) {
    return node.argument(name) instanceof Argument.Text text ? text.text() : null;
  }

  /** A number written with or without a point, or null where there is none. */
  @Nullable Double number(String name) {
    Argument argument = node.argument(name);
    if (argument instanceof Argument.Floats floats && floats.values().size() == 1) {
      return floats.values().get(0);
    }
    if (argument instanceof Argument.Ints ints && ints.values().size() == 1) {
      Long constant = ints.values().get(0).constant();
      return constant == null ? null : (Double) (double) constant;
    }
    return null;
  }

  /** Numbers with a point; none where there are none. */
  double[] floats(String name) {
    return node.argument(name) instanceof Argument.Floats floats
        ? floats.values().stream().mapToDouble(d -> d).toArray()
        : new double[0];
  }

  /** Whole numbers; none where there are none. */
  List<SizeExpr> sizes(String name) {
    return node.argument(name) instanceof Argument.Ints ints ? ints.values() : List.of();
  }

  /** A whole number that depends on nothing. */
  long constant(String name, long fallback) {
    List<SizeExpr> sizes = sizes(name);
    if (sizes.isEmpty()) {
      return fallback;
    }
    Long constant = sizes.get(0).constant();
    if (constant == null) {
      throw problem("'%s' depends on the input".formatted(name));
    }
    return constant;
  }

  int small(String name, int fallback) {
    long constant = constant(name, fallback);
    if (constant != (int) constant) {
      throw problem("'%s' is %d".formatted(name, constant));
    }
    return (int) constant;
  }

  /** Whole numbers, one a dimension or one for all; the fallback where there are none. */
  Extents extents(String name, Extents fallback, long[] symbols) {
    List<SizeExpr> sizes = sizes(name);
    if (sizes.isEmpty()) {
      return fallback;
    }
    int[] values = new int[sizes.size()];
    for (int i = 0; i < values.length; i++) {
      long size = sizes.get(i).at(symbols);
      if (size != (int) size) {
        throw problem("'%s' is %d".formatted(name, size));
      }
      values[i] = (int) size;
    }
    return Extents.of(values);
  }

  Shape shape(String tensor) {
    return values.constant(tensor);
  }

  /** The first tensor that the node makes. */
  Run.Output output() {
    if (node.outputs().isEmpty()) {
      throw problem("it returns no tensor");
    }
    return values.output(node.outputs().get(0));
  }

  /** All tensors that the node makes. */
  Run.Output[] outputs() {
    return values.outputs(node.outputs());
  }

  private boolean symbolic() {
    for (Argument argument : node.arguments().values()) {
      if (argument instanceof Argument.Ints ints && SizeExpr.anySymbolic(ints.values())) {
        return true;
      }
    }
    return false;
  }

  /**
   * Arguments for the engine, made once where nothing in them depends on the input.
   *
   * @param made makes them, given every symbol's value
   */
  <A extends Arguments> Made<A> arguments(Function<long[], A> made) {
    if (symbolic()) {
      return made::apply;
    }
    A constant;
    try {
      constant = made.apply(new long[0]);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw problem(String.valueOf(e.getMessage()));
    }
    return symbols -> constant;
  }

  /** Arguments that may depend on the input. */
  @FunctionalInterface
  interface Made<A extends Arguments> {
    A at(long[] symbols);
  }
}
