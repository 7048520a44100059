package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.whichflops.engine.shape.ShapeException;

/** What is repeated at other sizes, and what is known for all of them. */
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

  private static PoolingArguments pool(int dims, boolean ceilMode) {
    return pool(dims, ceilMode, 2);
  }

  private static PoolingArguments pool(int dims, boolean ceilMode, int stride) {
    Extents two = Extents.of(stride == 1 ? 1 : 2);
    return new PoolingArguments(
        dims, two, Extents.of(stride), Extents.of(0), Extents.of(1), ceilMode);
  }

  private static AdaptivePoolingArguments adaptive(int height, int width) {
    return new AdaptivePoolingArguments(2, Extents.of(height, width));
  }

  private static InterpolationArguments by(double factor) {
    return InterpolationArguments.by(InterpolationArguments.Interpolation.NEAREST, factor);
  }

  private static ConvolutionArguments convolution(
      int kernel, int stride, int padding, boolean transposed) {
    return new ConvolutionArguments(
        2,
        4,
        6,
        Extents.of(kernel),
        Extents.of(stride),
        Extents.of(padding),
        Extents.of(0),
        Extents.of(1),
        1,
        false,
        transposed);
  }

  static Stream<Arguments> functions() {
    return Stream.of(
        of("relu", x -> F.relu(x)),
        of("conv", x -> F.conv(x, x, null, convolution(3, 2, 1, false))),
        of("conv_transpose", x -> F.conv(x, x, null, convolution(4, 2, 1, true))),
        of("max_pool", x -> F.maxPool(x, pool(2, false))),
        of("max_pool, ceil_mode", x -> F.maxPool(x, pool(2, true))),
        of("max_pool, stride 1, ceil_mode", x -> x.plus(F.maxPool(x, pool(2, true, 1)))),
        of("adaptive_avg_pool", x -> F.adaptiveAvgPool(x, adaptive(3, 0))),
        of("unbatched max_pool", x -> F.maxPool(x, pool(3, false))),
        of("interpolate by a factor", x -> F.interpolate(x, by(1.5))),
        of("flatten all but the batch", x -> x.flatten(1)),
        of("flatten all", x -> x.flatten(0)),
        of("view(-1, 4)", x -> x.view(-1, 4)),
        of("view(x.size(0), -1)", Tensor::viewRows),
        of("mean over the image", x -> x.mean(2, 3)),
        of("mean over the batch", x -> x.mean(0)),
        of("mean over all", x -> x.mean()),
        of("cat of channels", x -> Torch.cat(1, x, F.relu(x))),
        of("cat of batches", x -> Torch.cat(0, x, x)),
        of("cat of rows", x -> Torch.cat(2, x, F.maxPool(F.relu(x), pool(2, false, 1)))),
        of("sum with itself", x -> x.plus(F.relu(x))),
        of("product with its mean", x -> x.times(x.meanKeepingDims(2, 3))),
        of("sum in place", x -> x.plusAssign(x.meanKeepingDims(2, 3))),
        of("sum with a parameter", x -> x.plus(parameter(x, 1, 4, 1, 1))),
        of("linear", x -> F.linear(x.mean(2, 3), parameter(x, 5, 4), parameter(x, 5))),
        of("batch_norm", x -> F.batchNorm(x, 4, new NormalizationArguments(true, true, 1, 0))));
  }

  private static Arguments of(String name, UnaryOperator<Tensor> function) {
    return Arguments.of(name, function);
  }

  static Stream<Shape> inputs() {
    return Stream.of(
        Shape.of(12, 4, 8, 8),
        Shape.of(6, 4, 16, 24),
        Shape.of(1, 4, 40, 8),
        Shape.of(3, 4, 32, 64));
  }

  /** What is known for all inputs is what running at each of them gives. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void repetitionForManyInputs_isAsRunningForEach(String name, UnaryOperator<Tensor> function) {
    Network network = network(function, 6, 4, 8, 8);
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    pass.expectManyInputs();
    network.forward(pass, Shape.of(6, 4, 8, 8));
    assertThat(pass.symbols()).as(name).isNotNull();
    inputs()
        .forEach(
            input -> {
              assertThat(pass.repeat(network.root(), input)).isTrue();
              Tensor expected = network.forward(Mode.DECOMPOSED, input).call(0).output(0);
              assertThat(pass.call(0).output(0).shape()).isEqualTo(expected.shape());
              assertThat(pass.call(0).output(0).numel()).isEqualTo(expected.numel());
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("functions")
  void repetition_isAsRunning(String name, UnaryOperator<Tensor> function) {
    Network network = network(function, 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    inputs()
        .forEach(
            input -> {
              assertThat(pass.repeat(network.root(), input)).as(name).isTrue();
              Tensor expected = network.forward(Mode.DECOMPOSED, input).call(0).output(0);
              assertThat(pass.call(0).output(0).shape()).isEqualTo(expected.shape());
            });
  }

  /** Operands that fit by chance are not taken to fit always. */
  @Test
  void functionWhoseOperandsFitAtOneSizeOnly_hasNoSymbols() {
    Network network = network(x -> x.plus(parameter(x, 8, 8)), 6, 4, 8, 8);
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    pass.expectManyInputs();
    network.forward(pass, Shape.of(6, 4, 8, 8));
    assertThat(pass.symbols()).isNull();
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 16, 8))).isFalse();
  }

  /** The network runs, and says where it is too large. */
  @Test
  void productPastTheLongs_isNotTaken() {
    Network network = network(x -> x.flatten(1), 6, 4, 8, 8);
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    pass.expectManyInputs();
    network.forward(pass, Shape.of(6, 4, 8, 8));
    Shape large = Shape.of(1, 4, 4_000_000_000L, 4_000_000_000L);
    assertThat(pass.repeat(network.root(), large)).isFalse();
    assertThatThrownBy(() -> network.forward(pass, large))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining("more than 2^63 - 1 elements");
  }

  @Test
  void otherChannels_areNotTaken() {
    Network network = network(x -> F.relu(x), 6, 4, 8, 8);
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    pass.expectManyInputs();
    network.forward(pass, Shape.of(6, 4, 8, 8));
    assertThat(pass.repeat(network.root(), Shape.of(6, 5, 8, 8))).isFalse();
    network.forward(pass, Shape.of(6, 5, 8, 8));
    assertThat(pass.call(0).output(0).shape()).isEqualTo(Shape.of(6, 5, 8, 8));
  }

  /** The second half of an image, as long as that is. */
  @Test
  void functionThatLooksAtASize_isNotRepeated() {
    Network network = network(x -> x.view(x.size(0), 2, -1), 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 8, 8))).isFalse();
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
    Network network = network(x -> F.maxPool(x, pool(2, false)), 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 1, 8))).isFalse();
  }
}
