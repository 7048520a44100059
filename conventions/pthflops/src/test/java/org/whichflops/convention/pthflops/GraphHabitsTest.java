package org.whichflops.convention.pthflops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.Conv.conv1d;
import static org.whichflops.engine.nn.Conv.conv2d;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.Zoo;

/**
 * What surprises in pthflops. Every number and message without a derivation was returned by its own
 * code (commit 261cf94) on torch 2.6.0 and torchvision 0.21.0.
 */
class GraphHabitsTest {
  private static final Convention PTHFLOPS = new PthflopsFamily().conventions().get(0);

  /** A function of the input. */
  private static Module calling(UnaryOperator<Tensor> function) {
    return new Module(ModuleType.of("Calling")) {
      @Override
      protected Tensor forward(Tensor x) {
        return function.apply(x);
      }
    };
  }

  /** A layer that is not the root. */
  private static Module around(Module layer) {
    return new Sequential(layer);
  }

  private static long total(Module root, long... input) {
    Network network = new Network("case", root, InputSize.fixed(input));
    return PTHFLOPS.counter(network).total(network.forward(PTHFLOPS.mode()));
  }

  private static long total(String model, String input) {
    Network network = Zoo.build(model);
    long[] sizes = Arrays.stream(input.split("x", -1)).mapToLong(Long::parseLong).toArray();
    ForwardPass pass = network.forward(PTHFLOPS.mode(), Shape.of(sizes));
    return PTHFLOPS.counter(network).total(pass);
  }

  @Test
  void biasOfALinearLayer_isAddedOnceWhateverTheBatch() {
    assertThat(total(around(new Linear(10, 7)), 1, 10)).isEqualTo(10 * 7 + 7);
    assertThat(total(around(new Linear(10, 7)), 64, 10)).isEqualTo(64 * 10 * 7 + 7);
  }

  @Test
  void batchOfTwo_isLessThanTwiceOne() {
    // one bias of 1000 less
    assertThat(2 * total("mobilenet_v2", "1x3x224x224") - total("mobilenet_v2", "2x3x224x224"))
        .isEqualTo(1000);
  }

  @Test
  void relu_isTwiceAnElement_andReLU6IsNone() {
    assertThat(total(around(relu()), 2, 3, 4)).isEqualTo(2 * 24);
    assertThat(total(around(Activation.relu6()), 2, 3, 4)).isZero();
  }

  @Test
  void layerThatIsTheRoot_isTracedThroughAndCountsNothing() {
    assertThat(total(conv2d(6, 8, 3), 2, 6, 16, 16)).isZero();
    assertThat(total(around(conv2d(6, 8, 3)), 2, 6, 16, 16)).isPositive();
  }

  static Stream<Arguments> additions() {
    return Stream.of(
        arguments("x += 1", calling(x -> x.plusAssign(1)), 48),
        arguments("x *= x", calling(x -> x.timesAssign(x)), 48),
        arguments("2 * x", calling(x -> x.timesFromLeft(2)), 48),
        arguments("1 + x", calling(x -> x.plusFromLeft(1)), 48),
        arguments("x.add(x)", calling(x -> x.add(x)), 0),
        arguments("torch.chunk(x, 3, 1)[0] + 1", calling(x -> Torch.chunk(x, 3, 1)[0].plus(1)), 16),
        arguments("F.normalize(x)", calling(x -> F.normalize(x, 1)), 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("additions")
  void additionsAndProducts_countByHowTheyAreWritten(String written, Module root, long flops) {
    assertThat(total(root, 2, 3, 4)).isEqualTo(flops);
  }

  @Test
  void adaptivePoolOverALine_readsChannelsAndLength() {
    assertThat(total(around(AdaptivePool.adaptiveAvgPool(1, 2)), 2, 6, 10))
        .isEqualTo(6 * 10 * (2 * 6 * 2));
  }

  @Test
  void convolutionWithoutBatch_readsChannelsAsOne() {
    assertThat(total(around(conv2d(6, 8, 3)), 6, 10, 10)).isEqualTo(28160);
  }

  @ParameterizedTest
  @CsvSource({
    "convnext_small, 1x3x224x224, 8701881928",
    "deeplabv3_mobilenet_v3_large, 1x3x224x224, 1902628108",
    "deeplabv3_resnet50, 1x3x224x224, 31439418448",
    "densenet161, 1x3x224x224, 7848866728",
    "efficientnet_b3, 1x3x224x224, 1005096680",
    "efficientnet_v2_m, 1x3x224x224, 5424801588",
    "mc3_18, 1x3x16x112x112, 1863566224",
    "mnasnet0_75, 1x3x224x224, 233861656",
    "r2plus1d_18, 1x3x16x112x112, 40785683304",
    "r3d_18, 1x3x16x112x112, 1606564752",
    "regnet_x_800mf, 1x3x224x224, 821666824",
    "regnet_y_3_2gf, 1x3x224x224, 3234610614",
    "resnet101, 1x3x224x224, 7882892264",
    "resnext101_64x4d, 1x3x224x224, 15601667048",
    "s3d, 1x3x16x224x224, 18317397136",
    "squeezenet1_0, 1x3x224x224, 836557024",
    "swin_v2_s, 1x3x224x224, 5793276712"
  })
  void modelBeyondTheRecording_isWhatPthflopsReturned(String model, String input, long flops) {
    assertThat(total(model, input)).isEqualTo(flops);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          vit_b_32 | 1x3x224x224 | AttributeError: 'int' object has no attribute 'numel'
          maxvit_t | 1x3x224x224 | AttributeError: 'int' object has no attribute 'numel'
          shufflenet_v2_x1_5 | 1x3x224x224 | TypeError: 'int' object is not subscriptable
          swin3d_t | 1x3x16x224x224 | TypeError: 'int' object is not subscriptable
          mvit_v1_b | 1x3x16x224x224 | IndexError: index 1 is out of bounds for dimension 0 with size 1
          mvit_v1_b | 2x3x16x224x224 | IndexError: index 2 is out of bounds for dimension 0 with size 2
          mvit_v2_s | 3x3x16x224x224 | AttributeError: 'int' object has no attribute 'numel'
          """)
  void modelThatReadsSizesOrParts_failsAsInPthflops(String model, String input, String message) {
    assertThatThrownBy(() -> total(model, input))
        .isInstanceOf(ToolFailureException.class)
        .hasMessageStartingWith(message);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(
            "method that returns two parts",
            calling(x -> x.chunk(2, 1)[0]),
            new long[] {2, 4, 4},
            "IndexError: tuple index out of range"),
        arguments(
            "method that returns four parts, more images than parts",
            calling(x -> x.chunk(4, 1)[0]),
            new long[] {4, 4, 4},
            "RuntimeError: Boolean value of Tensor with more than one value is ambiguous"),
        arguments(
            "product of two vectors",
            calling(x -> Torch.matmul(x, x)),
            new long[] {4},
            "IndexError: tuple index out of range"),
        arguments(
            "convolution over a line without batch",
            around(conv1d(6, 8, 3)),
            new long[] {6, 10},
            "TypeError: reduce() of empty iterable with no initial value"),
        arguments(
            "recurrent layer that is the root",
            Recurrent.lstm(10, 20),
            new long[] {5, 3, 10},
            "TraceError: symbolically traced variables cannot be used as inputs to control flow"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void total_whereTheToolFails_failsWithItsMessage(
      String name, Module root, long[] input, String message) {
    assertThatThrownBy(() -> total(root, input))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage(message);
  }
}
