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
        of("batch_norm", x -> F.batchNorm(x, 4, new NormalizationArguments(true, true, 1, 0))),
        of("layer_norm over channels", x -> F.layerNorm(channelsLast(x), Shape.of(4), NORM)),
        of("group_norm", x -> F.groupNorm(x, 2, NORM)),
        of("permute", x -> channelsLast(x)),
        of("permute and back", x -> F.relu(channelsLast(x)).permute(0, 3, 1, 2)),
        of("sum with another order", x -> x.plus(channelsLast(x).permute(0, 3, 1, 2))),
        of("view of another order", x -> channelsLast(x).viewFlattened(1, 2)),
        of("pooling of channels last", x -> F.maxPool(memoryChannelsLast(x), pool(2, false))),
        of("cat of channels last", x -> Torch.cat(1, memoryChannelsLast(x), channelsFirstToo(x))),
        of("transpose", x -> x.transpose(1, 3)),
        of("unsqueeze", x -> channelsLast(x).unsqueeze(1)),
        of("chunk of channels", x -> x.chunk(2, 1)[1]),
        of("split of channels", x -> x.split(3, 1)[1]),
        of("slice of channels", x -> x.get(Index.ALL, Index.range(0, 3))),
        of("whole slices", x -> F.relu(x).get(Index.ALL, Index.ALL, Index.ALL, Index.ALL)),
        of("one channel", x -> x.get(Index.ALL, Index.at(2))),
        of("squeeze of a mean", x -> x.meanKeepingDims(2).squeeze(2)),
        of("unbind of channels", x -> x.unbind(1)[1]),
        of("channels shuffled", OriginTest::shuffled));
  }

  private static final NormalizationArguments NORM = new NormalizationArguments(true, true, -1, 4);

  private static Tensor channelsLast(Tensor x) {
    return x.permute(0, 2, 3, 1);
  }

  /** Numbers in the order of channels last, dimensions as before. */
  private static Tensor memoryChannelsLast(Tensor x) {
    return F.relu(channelsLast(x)).contiguous().permute(0, 3, 1, 2);
  }

  private static Tensor channelsFirstToo(Tensor x) {
    return F.relu(memoryChannelsLast(x));
  }

  private static Tensor shuffled(Tensor x) {
    Tensor groups = x.viewUnflattened(1, 2, x.size(1) / 2);
    return groups.transpose(1, 2).contiguous().viewFlattened(1, 2);
  }

  private static Arguments of(String name, UnaryOperator<Tensor> function) {
    return Arguments.of(name, function);
  }

  static Stream<Shape> inputs() {
    return Stream.of(
        Shape.of(12, 4, 8, 8),
        Shape.of(6, 4, 16, 24),
        Shape.of(1, 4, 40, 8),
        Shape.of(2, 4, 8, 8),
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
              expectSame(pass, network.forward(Mode.DECOMPOSED, input));
            });
  }

  /** The same sizes and order of numbers, in every call. */
  private static void expectSame(ForwardPass pass, ForwardPass expected) {
    assertThat(pass.size()).isEqualTo(expected.size());
    for (int i = 0; i < pass.size(); i++) {
      Tensor actual = pass.call(i).output(0);
      Tensor output = expected.call(i).output(0);
      assertThat(actual.shape()).isEqualTo(output.shape());
      assertThat(actual.numel()).isEqualTo(output.numel());
      assertThat(actual.isContiguous()).isEqualTo(output.isContiguous());
      assertThat(actual.isChannelsLast()).isEqualTo(output.isChannelsLast());
      for (int dim = 0; dim < output.rank(); dim++) {
        assertThat(actual.stride(dim)).isEqualTo(output.stride(dim));
      }
    }
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
              expectSame(pass, network.forward(Mode.DECOMPOSED, input));
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

  static Stream<Arguments> looks() {
    return Stream.of(
        of("size", x -> x.view(x.size(0), 2, -1)),
        of("negative dimension", x -> x.view(x.size(-4), 2, -1)),
        of("size of what was computed", x -> F.relu(x).view(F.relu(x).size(0), 2, -1)),
        of("sizes of a result that is written out", x -> F.glu(F.relu(x), 0)),
        of("shape", x -> x.view(x.shape().size(0), 2, -1)),
        of("number of elements", x -> x.view(x.numel())),
        of("slice of the batch", x -> x.slice(0, 0, 4)),
        of("one of the batch", x -> x.get(0, -2)),
        of("halves of the batch", x -> x.chunk(2, 0)[0]),
        of("stack", x -> Torch.stack(0, x, x)));
  }

  /** What was looked at may decide what is called, and has to stay. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("looks")
  void functionThatLooksAtTheBatch_isRepeatedForItOnly(
      String name, UnaryOperator<Tensor> function) {
    Network network = network(function, 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 8, 8))).as(name).isTrue();
    expectSame(pass, network.forward(Mode.DECOMPOSED, Shape.of(6, 4, 8, 8)));
    assertThat(pass.repeat(network.root(), Shape.of(3, 4, 8, 8))).as(name).isFalse();
    network.forward(pass, Shape.of(4, 4, 8, 8));
    expectSame(pass, network.forward(Mode.DECOMPOSED, Shape.of(4, 4, 8, 8)));
    ForwardPass many = new ForwardPass(Mode.DECOMPOSED);
    many.expectManyInputs();
    network.forward(many, Shape.of(6, 4, 8, 8));
    assertThat(many.symbols()).as(name).isNull();
  }

  @Test
  void functionThatLooksAtTheBatch_isRepeatedForOtherSides() {
    Network network = network(x -> F.relu(x.view(x.size(0), 2, -1)), 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 16, 9))).isTrue();
    expectSame(pass, network.forward(Mode.DECOMPOSED, Shape.of(6, 4, 16, 9)));
  }

  /** The order of numbers decides how a linear layer runs, and may differ at any other size. */
  @Test
  void functionThatDependsOnTheOrderOfNumbers_isNotRepeated() {
    Network network =
        network(x -> F.linear(channelsLast(x), parameter(x, 5, 4), parameter(x, 5)), 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 8, 8))).isFalse();
  }

  /** Only the network's own looks matter, not those of who counts. */
  @Test
  void looksAfterTheRun_doNotMatter() {
    Network network = network(x -> F.relu(channelsLast(x)), 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.call(0).output(0).isContiguous()).isFalse();
    assertThat(pass.call(0).output(0).numel()).isEqualTo(6 * 4 * 8 * 8);
    assertThat(pass.repeat(network.root(), Shape.of(3, 4, 1, 1))).isTrue();
    assertThat(pass.call(0).output(0).isContiguous()).isTrue();
  }

  @Test
  void sizesThatFollowFromARule_areNotSet() {
    Tensor y = F.relu(new ForwardPass(Mode.DECOMPOSED).input(6, 4));
    assertThatThrownBy(() -> y.set(0, 1)).isInstanceOf(IllegalStateException.class);
  }

  /** A size that does not fit is left to the network, which says where. */
  @Test
  void sizeThatDoesNotFit_isNotRepeated() {
    Network network = network(x -> F.maxPool(x, pool(2, false)), 6, 4, 8, 8);
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    assertThat(pass.repeat(network.root(), Shape.of(6, 4, 1, 8))).isFalse();
  }
}
