package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;

/** Working formulas out for many calls at once comes to what call by call comes to. */
class CallGroupTest {
  private static Network network() {
    Sequential layers = new Sequential();
    layers.add(Conv.conv2d(3, 16, 3).padding(1)).add(Conv.conv2d(16, 32, 3).groups(4).noBias());
    return new Network("net", layers.add(Conv.conv2d(32, 8, 5).stride(2)), InputSize.image(32));
  }

  private static int[] convolutions(ForwardPass pass) {
    int[] found = new int[pass.size()];
    int size = 0;
    for (int i = 0; i < found.length; i++) {
      if (pass.call(i).callee().key().equals("nn.Conv2d")) {
        found[size++] = i;
      }
    }
    return Arrays.copyOf(found, size);
  }

  private static long callByCall(ForwardPass pass, int[] calls, Formula formula) {
    long sum = 0;
    for (int call : calls) {
      sum += formula.value(pass.call(call));
    }
    return sum;
  }

  private static long together(ForwardPass pass, int[] calls, Formula formula) {
    return pass.group(calls).sum(formula).value();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "numel(y) * C_in * K // g",
        "2 * numel(y) * (x[1] // g) * K - numel(y) * (1 - bias)",
        "-x[0] * C_out + spatial(y)^2 + 7",
        "trunc(numel(x) * 3 / 7) + y[-1] * params + w[0]",
        "positions * C_out - recomputed // 3"
      })
  void sum_overManyRuns_isThatOfCalls(String expr) {
    Network network = network();
    Formula formula = Formula.of(Label.MULTIPLY_ACCUMULATE, expr).plus(Label.BIAS, "numel(y)");
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    for (Shape shape : new Shape[] {Shape.of(1, 3, 32, 32), Shape.of(5, 3, 64, 40)}) {
      network.forward(pass, shape);
      int[] calls = convolutions(pass);
      assertThat(calls).hasSize(3);
      assertThat(together(pass, calls, formula)).isEqualTo(callByCall(pass, calls, formula));
    }
  }

  /** The same function at the same place, but given other arguments. */
  @Test
  void sum_afterOtherArguments_isOfThose() {
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    Formula formula = Formula.of(Label.MULTIPLY_ACCUMULATE, "C_out * K");
    for (int out : new int[] {4, 6}) {
      pass.clear();
      ConvolutionArguments arguments = Conv.conv2d(3, out, 3).hyperparameters();
      Tensor x = pass.input(1, 3, 8, 8);
      F.conv(x, new Parameter(arguments.weightShape(), true), null, arguments);
      assertThat(together(pass, new int[] {0}, formula)).isEqualTo(out * 9L);
    }
  }

  @Test
  void group_ofTheSameCalls_isShared() {
    ForwardPass pass = network().forward(Mode.DECOMPOSED);
    assertThat(pass.group(convolutions(pass))).isSameAs(pass.group(convolutions(pass)));
  }

  @Test
  void sum_pastTheLongs_isRefused() {
    ForwardPass pass = network().forward(Mode.DECOMPOSED);
    Formula formula = Formula.of(Label.MULTIPLICATION, "9223372036854775807 * numel(y)");
    assertThatThrownBy(() -> together(pass, convolutions(pass), formula))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void sum_withoutTheQuantity_isRefused() {
    ForwardPass pass = network().forward(Mode.DECOMPOSED);
    Formula formula = Formula.of(Label.MULTIPLICATION, "x[4]");
    assertThatThrownBy(() -> together(pass, convolutions(pass), formula))
        .isInstanceOf(UnknownQuantityException.class);
  }
}
