package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.shape.Shape;

/** What is repeated, and where the batch is known to be. */
class OriginTest {
  private static final ModuleType TYPE = ModuleType.of("test.Function");

  /** A module that does one thing. */
  private static Network network(UnaryOperator<Tensor> function, long... input) {
    Module root =
        new Module(TYPE) {
          @Override
          protected Tensor forward(Tensor x) {
            return function.apply(x);
          }
        };
    return new Network("net", root, InputSize.of(Shape.of(input), false));
  }

  private static Tensor parameter(Tensor x, long... sizes) {
    return new Parameter(Shape.of(sizes), true).on(x);
  }

  private static PoolingArguments pool(int dims) {
    return PoolingArguments.of(dims, Extents.of(2), Extents.of(2));
  }

  static Stream<Arguments> batchStaysFirst() {
    return Stream.of(
        of("relu", x -> F.relu(x)),
        of("max_pool", x -> F.maxPool(x, pool(2))),
        of("flatten all but the batch", x -> x.flatten(1)),
        of("flatten all", x -> x.flatten(0)),
        of("view(-1, 8)", x -> x.view(-1, 8)),
        of("view(x.size(0), -1)", Tensor::viewRows),
        of("mean over the image", x -> x.mean(2, 3)),
        of("cat of channels", x -> Torch.cat(1, x, F.relu(x))),
        of("sum with itself", x -> x.plus(F.relu(x))),
        of("sum with a parameter of lower rank", x -> x.plus(parameter(x, 4, 8, 8))),
        of("padded image", x -> F.pad(x, 1, 1)));
  }

  static Stream<Arguments> batchIsAnywhere() {
    return Stream.of(
        of("unbatched max_pool", x -> F.maxPool(x, pool(3))),
        of("view(6, -1)", x -> x.view(6, -1)),
        of("mean over the batch", x -> x.mean(0)),
        of("mean over all", x -> x.mean()),
        of("cat of batches", x -> Torch.cat(0, x, x)),
        of("sum with a parameter of the same rank", x -> x.plus(parameter(x, 1, 4, 1, 1))),
        of("padded batch", x -> F.pad(x, 0, 0, 0, 0, 0, 0, 1, 1)));
  }

  private static Arguments of(String name, UnaryOperator<Tensor> function) {
    return Arguments.of(name, function);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("batchStaysFirst")
  void functionThatLeavesTheBatchFirst_isKnownTo(String name, UnaryOperator<Tensor> function) {
    Network network = network(function, 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.keepsBatchFirst()).as(name).isTrue();
    assertThat(pass.repeat(network.root(), Shape.of(12, 4, 8, 8))).isTrue();
    ForwardPass fresh = network.forward(Mode.DECOMPOSED, Shape.of(12, 4, 8, 8));
    assertThat(pass.call(0).output(0).shape()).isEqualTo(fresh.call(0).output(0).shape());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("batchIsAnywhere")
  void functionThatTakesTheBatchElsewhere_isNotTrusted(
      String name, UnaryOperator<Tensor> function) {
    Network network = network(function, 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.keepsBatchFirst()).as(name).isFalse();
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 10, 16))).isTrue(); // sizes alone
  }

  /** The second half of an image, as long as that is. */
  @Test
  void functionThatLooksAtASize_isNotRepeated() {
    Network network = network(x -> x.view(x.size(0), 2, -1), 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 8, 8))).isFalse();
    assertThat(pass.keepsBatchFirst()).isFalse();
  }

  /** Another order of the numbers decides what runs for them. */
  @Test
  void functionThatTransposes_isNotRepeated() {
    Network network = network(x -> F.relu(x.permute(0, 2, 3, 1)), 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 8, 8))).isFalse();
  }

  /** A size that does not fit is left to the network, which says where. */
  @Test
  void sizeThatDoesNotFit_isNotRepeated() {
    Network network = network(x -> F.maxPool(x, pool(2)), 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 1, 8))).isFalse();
  }
}
