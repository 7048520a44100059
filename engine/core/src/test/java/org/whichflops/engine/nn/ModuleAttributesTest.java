package org.whichflops.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Formula;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;

/** What modules know of themselves: parameters by name, and the kernel as it was given. */
class ModuleAttributesTest {
  private static long count(Module module, String expr, long... input) {
    ForwardPass pass =
        new Network("layer", module, InputSize.fixed(input)).forward(Mode.CPU_NO_GRAD);
    return Formula.of(Label.MULTIPLY_ACCUMULATE, expr).value(pass.call(0));
  }

  @Test
  void elements_ofALayer_areByTheNamesOfItsParameters() {
    Conv conv = Conv.conv2d(6, 8, 3);
    assertThat(count(conv, "numel_weight", 1, 6, 9, 9)).isEqualTo(8 * 6 * 9);
    assertThat(count(conv, "numel_bias", 1, 6, 9, 9)).isEqualTo(8);
    assertThat(count(conv, "numel_other_weights + numel_other_biases", 1, 6, 9, 9)).isZero();
  }

  @Test
  void elements_ofARecurrentLayer_haveOtherNames() {
    Recurrent lstm = Recurrent.lstm(20, 30);
    assertThat(count(lstm, "numel_weight + numel_bias", 5, 1, 20)).isZero();
    assertThat(count(lstm, "numel_other_weights", 5, 1, 20)).isEqualTo(4 * 30 * (20 + 30));
    assertThat(count(lstm, "numel_other_biases", 5, 1, 20)).isEqualTo(4 * 30 * 2);
  }

  @Test
  void elements_ofAContainer_haveThePathInTheirNames_andSharedOnesCountOnce() {
    Linear first = new Linear(10, 10);
    Sequential both = new Sequential(first, new Linear(10, 10).tiedTo(first.weightParameter()));
    assertThat(count(both, "numel_weight + numel_bias", 1, 10)).isZero();
    assertThat(count(both, "numel_other_weights", 1, 10)).isEqualTo(100);
    assertThat(count(both, "numel_other_biases", 1, 10)).isEqualTo(20);
  }

  @Test
  void attribute_thatNoModuleHas_isRefusedByName() {
    assertThatThrownBy(() -> new Identity().attribute(Attribute.HEADS))
        .isInstanceOf(UnknownQuantityException.class)
        .hasMessage("nn.Identity has no 'heads' (attention heads)");
  }

  @Test
  void kernelAsGiven_ofOneNumber_isTakenOnce() {
    assertThat(count(Pool.avgPool2d(3), "k", 1, 6, 9, 9)).isEqualTo(3);
    assertThat(count(Pool.avgPool2d(3, 3), "k", 1, 6, 9, 9)).isEqualTo(9);
    assertThat(count(Pool.avgPool2d(3), "K", 1, 6, 9, 9)).isEqualTo(9);
  }

  @Test
  void kernelSize_isANumberOrOneEach_asPyTorchKeepsIt() {
    assertThat(Pool.maxPool2d(3).kernelSize().isNumber()).isTrue();
    assertThat(Pool.maxPool2d(3, 3).kernelSize().isNumber()).isFalse();
    assertThat(Pool.maxPool(1, 3).kernelSize().isNumber()).isTrue();
    assertThat(Pool.avgPool(1, 3).kernelSize().isNumber()).isFalse();
    assertThat(Conv.conv2d(6, 8, 3).kernelSize().isNumber()).isFalse();
    assertThat(Conv.conv1d(6, 8, 3).kernelSize()).hasToString("(3,)");
    assertThat(new Linear(1, 1).kernelSize()).isNull();
  }
}
