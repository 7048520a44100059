package org.whichflops.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.architecture.Architecture;

/** What is said to be fixed by arguments is: counters ask for it once. */
class FixedAttributesTest {
  static Stream<Architecture> architectures() {
    return Zoo.architectures().stream();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void fixedAttribute_underTheSameArguments_isTheSameAtAnotherBatch(Architecture architecture) {
    Network network = architecture.build(Map.of());
    ForwardPass one = network.forward(Mode.DECOMPOSED, network.input().shape());
    ForwardPass three = network.forward(Mode.DECOMPOSED, network.input().at(3));
    for (int i = 0; i < Math.min(one.size(), three.size()); i++) {
      Call a = one.call(i);
      Call b = three.call(i);
      if (a.callee() == b.callee() && a.arguments() == b.arguments()) {
        for (Attribute attribute : Attribute.values()) {
          if (attribute.isFixed()) {
            assertThat(value(b, attribute))
                .as("%s of %s", attribute, network.path(one, a))
                .isEqualTo(value(a, attribute));
          }
        }
      }
    }
  }

  private static String value(Call call, Attribute attribute) {
    try {
      return Long.toString(call.attribute(attribute));
    } catch (UnknownQuantityException e) {
      return "unknown";
    }
  }
}
