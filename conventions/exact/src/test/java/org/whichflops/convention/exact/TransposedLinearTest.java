package org.whichflops.convention.exact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Tensor;

/**
 * A linear layer of I = 8 to O = 6 over 10 rows. ATen adds the bias after the product where it
 * reads transposed numbers, and within it elsewhere; what is executed is the same.
 */
class TransposedLinearTest {
  private static final class Transposing extends Module {
    private final Linear linear;

    Transposing(Linear linear) {
      super(ModuleType.of("Transposing"));
      this.linear = child("linear", linear);
    }

    @Override
    protected Tensor forward(Tensor x) {
      return linear.call(x.transpose(0, 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "exact, true, 960", // 2 I O a row
    "exact, false, 900", // (2 I - 1) O a row
    "molchanov, true, 900", // (2 I - 1) O a row
    "molchanov, false, 900",
  })
  void total_isTheSameOverTransposedNumbers(String id, boolean bias, long expected) {
    Convention convention = Conventions.of(java.util.List.of(new ExactFamily())).find(id);
    assertThat(total(convention, new Linear(8, 6).bias(bias))).isEqualTo(expected);
    assertThat(total(convention, new Transposing(new Linear(8, 6).bias(bias)))).isEqualTo(expected);
  }

  private static long total(Convention convention, Module root) {
    Network network = new Network("linear", root, InputSize.fixed(2, 5, 8));
    return convention.counter(network).total(network.forward(convention.mode()));
  }
}
