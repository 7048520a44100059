package org.whichflops.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.formula.Expr;
import org.whichflops.engine.formula.UnknownQuantityException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.architecture.Architecture;

/** What is said of attributes holds: fixed by arguments, or made of sizes. */
class FixedAttributesTest {
  private static final List<Attribute> FIXED =
      Arrays.stream(Attribute.values()).filter(Attribute::isFixed).toList();

  static Stream<Architecture> architectures() {
    return Zoo.architectures().stream();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void fixedAttribute_underTheSameArguments_isTheSameAtAnotherBatch(Architecture architecture) {
    Set<Object> unknown = new HashSet<>();
    Network network = architecture.build(Map.of());
    ForwardPass one = network.forward(Mode.DECOMPOSED, network.input().shape());
    ForwardPass three = network.forward(Mode.DECOMPOSED, network.input().at(3));
    for (int i = 0; i < Math.min(one.size(), three.size()); i++) {
      Call a = one.call(i);
      Call b = three.call(i);
      if (a.callee() == b.callee() && a.arguments() == b.arguments()) {
        for (Attribute attribute : FIXED) {
          Object kind = List.of(a.callee().key(), a.arguments().getClass(), attribute);
          if (!unknown.contains(kind) && !isTheSame(attribute, a, b)) {
            unknown.add(kind);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void attributeThatIsAnExpressionOfSizes_isEqualToIt(Architecture architecture) {
    Network network = architecture.build(Map.of());
    ForwardPass pass = network.forward(Mode.DECOMPOSED, network.input().at(3));
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      for (Attribute attribute : Attribute.values()) {
        Expr expression = call.arguments().expression(attribute, call);
        if (expression != null) {
          assertThat(expression.value(call))
              .as("%s of %s", attribute, call)
              .isEqualTo(call.attribute(attribute));
        }
      }
    }
  }

  /** False where the call has no such attribute, nor any other call of its kind. */
  private static boolean isTheSame(Attribute attribute, Call a, Call b) {
    long value;
    try {
      value = a.attribute(attribute);
    } catch (UnknownQuantityException e) {
      return false;
    }
    assertThat(b.attribute(attribute)).isEqualTo(value);
    return true;
  }
}
