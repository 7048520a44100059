package org.whichflops.convention.deepspeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.whichflops.engine.nn.Conv.conv1d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Conv.convTranspose2d;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * What surprises in DeepSpeed's profiler and calflops. Every number without a derivation was
 * returned by the tools' own code (commits edaa722 and 29ca584) on torch 2.6.0.
 */
class ProfilerHabitsTest {
  private static final Conventions FAMILY = Conventions.of(List.of(new DeepSpeedFamily()));

  /** A function of the input, in a module with a parameter that nothing uses. */
  private static final class Calling extends Module {
    private final UnaryOperator<Tensor> function;

    Calling(UnaryOperator<Tensor> function) {
      super(ModuleType.of("Calling"));
      this.function = function;
      parameter("p", 1);
    }

    @Override
    protected Tensor forward(Tensor x) {
      return function.apply(x);
    }
  }

  private static long total(String id, Module root, long... input) {
    Convention convention = FAMILY.find(id);
    Network network = new Network("case", root, InputSize.fixed(input));
    return convention.counter(network).total(network.forward(convention.mode()));
  }

  private static Tensor zeros(Tensor x, long... sizes) {
    return new Parameter(Shape.of(sizes), false).on(x);
  }

  @Test
  void productByTheAtOperator_isSeenByDeepSpeedAndMissedByCalflops() {
    UnaryOperator<Tensor> product = x -> x.at(zeros(x, 10, 7));

    assertThat(total("deepspeed", new Calling(product), 4, 10)).isEqualTo(2 * 4 * 10 * 7);
    assertThat(total("deepspeed-macs", new Calling(product), 4, 10)).isEqualTo(4 * 10 * 7);
    assertThat(total("calflops", new Calling(product), 4, 10)).isZero();
    assertThat(total("calflops-macs", new Calling(product), 4, 10)).isZero();
  }

  @Test
  void sameProductByTorchMatmul_isSeenByBoth() {
    UnaryOperator<Tensor> product = x -> Torch.matmul(x, zeros(x, 10, 7));

    assertThat(total("deepspeed", new Calling(product), 4, 10)).isEqualTo(560);
    assertThat(total("calflops", new Calling(product), 4, 10)).isEqualTo(560);
  }

  @Test
  void batchOfTheSecondOperandAlone_isNotSeen() {
    UnaryOperator<Tensor> product = x -> Torch.matmul(x, zeros(x, 3, 10, 7));

    assertThat(total("deepspeed-macs", new Calling(product), 5, 10)).isEqualTo(5 * 10 * 7);
  }

  @Test
  void groupsOfATransposedConvolution_divideTwice() {
    long positions = 2 * 16 * 16;
    long right = positions * 9 * 6 * 8 / 2;

    assertThat(total("deepspeed-macs", convTranspose2d(6, 8, 3).groups(2), 2, 6, 16, 16))
        .isEqualTo(right / 2);
  }

  @Test
  void paddingSameWithAnEvenKernel_lacksARowAndAColumn() {
    long padded = 2 * 15 * 15 * 16 * 6 * 8;

    assertThat(total("calflops-macs", conv2d(6, 8, 4).paddingSame().noBias(), 2, 6, 16, 16))
        .isEqualTo(padded);
  }

  @Test
  void oldUpsample_isCountedForItselfAndForTheInterpolateItCalls() {
    Module upsample = new Calling(x -> F.upsample(x, by(2)));

    assertThat(total("deepspeed", upsample, 2, 6, 16, 16)).isEqualTo(2 * (2 * 6 * 32 * 32));
    assertThat(total("calflops", upsample, 2, 6, 16, 16)).isEqualTo(2 * (2 * 6 * 16 * 16));
  }

  private static InterpolationArguments by(double... factors) {
    return InterpolationArguments.by(Interpolation.NEAREST, factors);
  }

  static Stream<Arguments> measured() {
    return Stream.of(
        arguments("two factors", new Calling(x -> F.interpolate(x, by(2, 3))), "2x6x16x16", 18432),
        arguments("factor 1.3", new Calling(x -> F.interpolate(x, by(1.3))), "2x6x17x19", 6550),
        arguments(
            "einsum in four digits",
            new Calling(x -> Torch.einsum("bij,bjk->bik", x, zeros(x, 40, 37, 7))),
            "40x53x37",
            1098000),
        arguments(
            "einsum that sums nothing",
            new Calling(x -> Torch.einsum("ij,jk->ijk", x, zeros(x, 37, 7))),
            "53x37",
            13730),
        arguments("height read as channels", conv2d(6, 8, 3), "6x6x10", 41856),
        arguments("length read as channels", conv1d(6, 8, 3), "6x6", 1776),
        arguments("transposed, without batch", convTranspose2d(6, 8, 3).groups(2), "6x5x10", 10992),
        arguments(
            "transposed, uneven",
            convTranspose2d(6, 8, 3, 5).stride(2, 3).padding(1, 0).dilation(1, 2).groups(2),
            "2x6x9x11",
            71320),
        arguments(
            "padding='same', dilated",
            conv2d(6, 8, 4, 2).paddingSame().dilation(2, 3),
            "2x6x19x11",
            294880),
        arguments(
            "no running statistics", BatchNorm.batchNorm2d(6).untracked(), "2x6x19x11", 12540));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("measured")
  void flops_areWhatDeepSpeedReturned(String name, Module root, String input, long flops) {
    long[] sizes = Stream.of(input.split("x", -1)).mapToLong(Long::parseLong).toArray();

    assertThat(total("deepspeed", root, sizes)).isEqualTo(flops);
  }

  static Stream<Arguments> failures() {
    Module parameterless =
        new Module(ModuleType.of("Plain")) {
          @Override
          protected Tensor forward(Tensor x) {
            return x.plus(1);
          }
        };
    return Stream.of(
        arguments("calflops", parameterless, new long[] {2, 6, 16, 16}, "StopIteration:"),
        arguments(
            "calflops",
            new Calling(x -> F.interpolate(x, by(2, 3))),
            new long[] {3, 6, 16, 16},
            "TypeError: unsupported operand type(s) for ** or pow(): 'tuple' and 'int'"),
        arguments("deepspeed", conv2d(6, 8, 3), new long[] {6, 16, 16}, "AssertionError:"),
        arguments(
            "deepspeed",
            Recurrent.lstmCell(6, 8),
            new long[] {6},
            "IndexError: tuple index out of range"));
  }

  @ParameterizedTest(name = "{3}")
  @MethodSource("failures")
  void total_whereTheToolFails_failsWithItsMessage(
      String id, Module root, long[] input, String message) {
    assertThatThrownBy(() -> total(id, root, input))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage(message);
  }

  @Test
  void deepSpeed_needsNoParameter() {
    Module doubling =
        new Module(ModuleType.of("Plain")) {
          @Override
          protected Tensor forward(Tensor x) {
            return Torch.mul(x, 2);
          }
        };

    assertThat(total("deepspeed", doubling, 4, 10)).isEqualTo(40);
  }
}
