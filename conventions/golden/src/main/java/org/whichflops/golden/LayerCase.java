package org.whichflops.golden;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/**
 * A line of a table of layer cases.
 *
 * @param name the case's name in the recorded results
 * @param input the sizes of the input, as {@code 2x6x16x16}
 * @param root makes the root module, a new one for every network
 */
record LayerCase(String name, String input, Supplier<Module> root) {

  /** A layer inside a wrapper that calls it with the input. */
  static LayerCase layer(String name, String input, Supplier<Module> layer) {
    return new LayerCase(name, input, () -> new Wrap(layer.get()));
  }

  /** A layer inside a wrapper that calls it with more than the input. */
  static LayerCase layer(String name, String input, Supplier<Module> layer, Wrap.Calling calling) {
    return new LayerCase(name, input, () -> new Wrap(layer.get(), calling));
  }

  /** A layer as the root itself. */
  static LayerCase root(String name, String input, Supplier<Module> root) {
    return new LayerCase(name, input, root);
  }

  /** A function of the input, inside a module that calls nothing else, inside a wrapper. */
  static LayerCase function(String name, String input, UnaryOperator<Tensor> function) {
    return layer(name, input, () -> new Functional(function));
  }

  /** {@code torch.zeros(sizes)}, made in the forward of a module that was called with x. */
  static Tensor zeros(Tensor x, long... sizes) {
    return new Parameter(Shape.of(sizes), false).on(x);
  }

  Network network() {
    long[] sizes = Arrays.stream(input.split("x", -1)).mapToLong(Long::parseLong).toArray();
    return new Network(name, root.get(), InputSize.fixed(sizes));
  }
}
